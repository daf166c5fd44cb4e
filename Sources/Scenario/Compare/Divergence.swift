import WireFormats

/// A difference between what was recorded and what was said live, and the mask that makes it not count.
package struct Divergence: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// What an answer holds.
        case result
        /// A JSON-RPC error, or an answer that is one on one side only.
        case error
        /// What became of the call, or its HTTP status.
        case status
        /// What a list says of tools, prompts and resources.
        case schema
        /// What the server told unasked: its content, number and order.
        case notification
        /// What the server asked the client.
        case question
        /// How answers and listening streams came.
        case stream
        /// The result of `initialize` or `server/discover`.
        case handshake
        /// What the client sent, where two recordings are compared.
        case params
        /// A recorded call that has no live one, and the other way round.
        case missing, extra
        case latency

        /// The level that makes it count.
        package var level: FailLevel {
            switch self {
            case .schema: .schema
            case .latency: .latency
            default: .result
            }
        }
    }

    package var kind: Kind
    package var recordedCallID: Int64?
    package var liveCallID: Int64?
    /// Where: `$.result.content[0].text`, `notifications[1] $.params.data`, or a word such as `status`.
    package var path: String
    /// JSON text, or words; nil where that side has nothing there.
    package var recorded: String?
    package var live: String?
    package var maskedBy: String?
    /// What was compared, for learning; nil where it is no value of JSON.
    package var difference: Difference?

    package init(
        _ kind: Kind, path: String, recorded: String?, live: String?, maskedBy: String? = nil,
        difference: Difference? = nil
    ) {
        self.kind = kind
        self.path = path
        self.recorded = recorded
        self.live = live
        self.maskedBy = maskedBy
        self.difference = difference
    }
}

/// What makes a comparison fail.
package enum FailLevel: String, Sendable, Hashable, CaseIterable {
    /// What calls did: answers, errors, notifications, questions, calls that are missing.
    case result
    /// What lists say of tools, prompts and resources.
    case schema
    /// Answers that take longer, by more than the tolerance.
    case latency
}

extension Set<FailLevel> {
    /// Everything but time, which another machine changes.
    package static let standard: Set<FailLevel> = [.result, .schema]
    package static let any = Set(FailLevel.allCases)

    /// `result,schema`, in the order of severity.
    package var words: String { FailLevel.allCases.filter(contains).map(\.rawValue).joined(separator: ",") }
}
