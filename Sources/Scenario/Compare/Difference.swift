import WireFormats

/// A place of a conversation in which the two sides differ, with what masks need to judge it.
package struct Difference: Sendable, Hashable {
    package enum Aspect: Sendable, Hashable {
        /// The values at the path; nil where one side has none.
        case value
        /// The order of what is equal otherwise.
        case order
        /// How many there are.
        case count
    }

    /// Which text of the call it is in.
    package enum Place: Sendable, Hashable {
        case answer
        case params
        /// An answer that asked for input first.
        case round(Int)
        case notification(Int)
        case question(Int)
        /// What came with an HTTP status instead of an answer.
        case httpBody

        /// What stands before the path.
        package var prefix: String {
            switch self {
            case .answer: ""
            case .params: "params "
            case .round(let index): "rounds[\(index)] "
            case .notification(let index): "notifications[\(index)] "
            case .question(let index): "questions[\(index)] "
            case .httpBody: "http.body "
            }
        }
    }

    package var aspect = Aspect.value
    /// Of the call, or of the notification or question itself.
    package var method: String
    /// The tool, prompt or resource of the call.
    package var name: String?
    package var place: Place
    package var path: JSONPath
    package var recorded: JSONTree?
    package var live: JSONTree?
    /// When either side said it.
    package var recordedNs: Int64
    package var liveNs: Int64

    package init(_ context: DifferenceContext, _ path: JSONPath, _ recorded: JSONTree?, _ live: JSONTree?) {
        method = context.method
        name = context.name
        place = context.place
        self.path = path
        self.recorded = recorded
        self.live = live
        recordedNs = context.recordedNs
        liveNs = context.liveNs
    }

    /// Both sides have a value there, of one JSON type.
    package var keepsType: Bool {
        guard let recorded, let live else { return false }
        return recorded.kind == live.kind
    }
}

/// What all differences within one pair of texts have in common.
package struct DifferenceContext: Sendable, Hashable {
    package var method: String
    package var name: String?
    package var place = Difference.Place.answer
    package var recordedNs: Int64
    package var liveNs: Int64

    package init(method: String, name: String? = nil, recordedNs: Int64, liveNs: Int64) {
        self.method = method
        self.name = name
        self.recordedNs = recordedNs
        self.liveNs = liveNs
    }
}

extension JSONTree {
    /// The type of a value.
    package enum Kind: String, Sendable, Hashable {
        case null, bool, number, string, array, object
    }

    package var kind: Kind {
        switch self {
        case .null: .null
        case .bool: .bool
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    /// As JSON text.
    package var text: String { String(decoding: serialized(), as: UTF8.self) }
}
