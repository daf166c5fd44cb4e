/// What the clients of a tour saw, in the names of the capture's columns.
struct Expectations: Decodable {
    var exchanges: [Exchange]
    var messages: [Message]
    var calls: [Call]

    struct Exchange: Decodable {
        /// Unique in the tour; also the value of the request's `x-request-id`.
        var name: String
        var client: String
        var method: String
        var target: String
        var requestHeaders: [[String]]
        var requestBody: String
        var status: Int?
        var responseHeaders: [[String]]
        var responseBody: String?
        var isStream: Bool
        var lastEventId: String?
        /// `server`, `client`, or `server, cut: …`, as the client saw it.
        var endedBy: String?
        /// Positions on one clock of the client, which ticks at every start and end.
        var started: Int
        var ended: Int?
        var blocks: [Block]

        /// Whether its client left it with nothing more to come: then the end of the response may still have passed
        /// the recorder, or not.
        var leftAfterAnswer: Bool {
            endedBy == "client" && status != nil
                && (!isStream || blocks.last { $0.kind != "comment" }?.isAnswer == true)
        }
    }

    struct Message: Decodable {
        var client: String
        var exchange: String
        var direction: String
        var kind: String
        var rpcId: String?
        var method: String?
        var name: String?
        var errorCode: Int?
        var body: String
    }

    struct Call: Decodable {
        var client: String
        var exchange: String
        var direction: String
        var method: String
        var name: String?
        var rpcId: String
        var status: String
        /// How often it was sent: once more each time that the server asked for input first.
        var rounds: Int
        /// The exchange that brought the answer, if any did.
        var answeredIn: String?
    }
}

/// A block of an event stream, seen by the client or stored.
struct Block: Decodable, Equatable {
    var kind: String
    var type: String?
    var eventId: String?
    var retryMs: Int?
    var data: String?
    var comment: String?

    /// Whether it carries a JSON-RPC response. Good enough for data that is known to be a message.
    var isAnswer: Bool {
        guard kind == "event", let data else { return false }
        return data.contains("\"result\":") || data.contains("\"error\":")
    }

    /// A field that is there but empty and one that is not there come to the same in every reader.
    var normalized: Block {
        var block = self
        if block.data == "" { block.data = nil }
        return block
    }
}
