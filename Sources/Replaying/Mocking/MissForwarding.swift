import Traffic
import WireFormats

/// Asks a live server what a recording does not answer.
package protocol MissForwarding: Sendable {
    /// What the server answers. What it says and asks until then goes to the one who waits.
    func answer(_ request: MissedRequest, for asker: any MissAsker) async -> MissAnswer
    /// A conversation has ended, and with it all that was asked on its behalf.
    func leave(_ conversation: String)
}

/// A request that is not in the recording.
package struct MissedRequest: Sendable {
    /// The live conversation, by the id that this process gives it.
    package let conversation: String
    /// How the recorded server spoke.
    package let dialect: Dialect?
    package let method: String
    package let params: JSONTree?
    /// What the live client says it can do.
    package let capabilities: JSONTree?

    package init(
        conversation: String, dialect: Dialect?, method: String, params: JSONTree?, capabilities: JSONTree?
    ) {
        self.conversation = conversation
        self.dialect = dialect
        self.method = method
        self.params = params
        self.capabilities = capabilities
    }
}

/// The live client that waits for an answer.
package protocol MissAsker: AnyObject, Sendable {
    /// The server notifies: of the call, or of itself between calls.
    func tell(_ notification: JSONTree, isOfCall: Bool)
    /// The server asks the client.
    func ask(_ method: String, _ params: JSONTree?) async -> MissAnswer
}

/// What was answered in place of the recording, or by the live client.
package enum MissAnswer: Sendable, Hashable {
    case result(JSONTree)
    case error(JSONTree)

    /// An error of our own.
    static func failure(_ code: Int, _ message: String) -> MissAnswer {
        .error(JSONTree.rpcError(id: .null, code: code, message: message)["error"] ?? .null)
    }

    /// As a member of a JSON-RPC message.
    var member: JSONTree.Member {
        switch self {
        case .result(let value): .init("result", value)
        case .error(let value): .init("error", value)
        }
    }

    /// What a JSON-RPC message answers; nil where it answers nothing.
    init?(_ message: JSONTree) {
        if let result = message["result"] {
            self = .result(result)
        } else if let error = message["error"] {
            self = .error(error)
        } else {
            return nil
        }
    }
}
