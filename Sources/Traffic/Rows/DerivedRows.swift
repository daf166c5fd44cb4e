/// The derived rows of the capture database: written by the fold, anew by `reindex`.

/// What the fold says of an exchange: whose it is and how its messages travelled.
package struct Attribution: Sendable, Hashable {
    package var exchangeID: Int64
    package var sessionID: Int64?
    package var dialect: Dialect?
    /// What was seen that says so, in words, joined by `; `.
    package var evidence: String?
    package var confidence: Confidence?

    package init(
        exchangeID: Int64, sessionID: Int64? = nil, dialect: Dialect? = nil, evidence: String? = nil,
        confidence: Confidence? = nil
    ) {
        self.exchangeID = exchangeID
        self.sessionID = sessionID
        self.dialect = dialect
        self.evidence = evidence
        self.confidence = confidence
    }
}

package struct SessionRow: Sendable, Hashable {
    package enum EndReason: String, Sendable, Hashable {
        /// The client ended it: DELETE, or by closing the stream that the session lives on (`http+sse`).
        case deleted
        /// The server no longer knew it (404).
        case expired
        /// The client left without ending it.
        case abandoned
        /// The stream that the session lives on was cut from the server's side.
        case cut
        /// Still open when the recording ended.
        case open
    }
    package var id: Int64
    package var recordingID: Int64
    /// The part of the name before the slash; nil while nothing names the client yet. The store adds the number.
    package var nameBase: String?
    package var dialect: Dialect?
    package var revision: String?
    /// The id that the wire gave the session.
    package var wireID: String?
    package var clientName: String?
    package var clientVersion: String?
    package var serverName: String?
    package var serverVersion: String?
    package var startedNs: Int64
    package var endedNs: Int64?
    package var endReason: EndReason?
    package var confidence: Confidence

    package init(id: Int64, recordingID: Int64, startedNs: Int64, confidence: Confidence) {
        self.id = id
        self.recordingID = recordingID
        self.startedNs = startedNs
        self.confidence = confidence
    }
}

package struct MessageRow: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        case request, response, error, notification, invalid
    }
    /// Where the text stands; bodies are stored once.
    package enum Body: Sendable, Hashable {
        case streamEvent
        case requestBody
        case responseBody
        /// An element of a batch: the text itself.
        case element([UInt8])
    }
    package var id: Int64
    package var recordingID: Int64
    package var sessionID: Int64?
    package var exchangeID: Int64?
    package var streamEventID: Int64?
    package var callID: Int64?
    /// The message that this one answers.
    package var answersID: Int64?
    /// Place among the session's messages, from 0.
    package var seq: Int64
    package var atNs: Int64
    package var direction: Direction
    package var kind: Kind
    /// JSON text of the id.
    package var rpcID: String?
    package var method: String?
    package var name: String?
    package var errorCode: Int64?
    package var bytes: Int64
    /// The message that has the same bytes and id and came before, on another stream or again.
    package var duplicateOf: Int64?
    package var body: Body
    package var redacted: Int64 = 0

    package init(
        id: Int64, recordingID: Int64, seq: Int64, atNs: Int64, direction: Direction, kind: Kind, bytes: Int64,
        body: Body
    ) {
        self.id = id
        self.recordingID = recordingID
        self.seq = seq
        self.atNs = atNs
        self.direction = direction
        self.kind = kind
        self.bytes = bytes
        self.body = body
    }
}

package struct CallRow: Sendable, Hashable {
    package enum Status: String, Sendable, Hashable {
        case ok
        case toolError = "tool_error"
        case rpcError = "rpc_error"
        case httpError = "http_error"
        case cancelled, pending, unanswered
    }
    package enum Reason: String, Sendable, Hashable {
        /// The response came to its proper end without an answer.
        case nothingSent = "nothing_sent"
        /// The stream that would have carried the answer was cut from the server's side.
        case streamCut = "stream_cut"
        /// The client closed before the answer came.
        case clientLeft = "client_left"
        /// The answer came on the stream of another exchange than the one it was due on.
        case answeredElsewhere = "answered_elsewhere"
        /// The answer came after the client had given up.
        case late
        /// Bytes are missing where the answer should be.
        case gap
        /// The server asked for input first, and the client did not come back with it.
        case inputRequired = "input_required"
    }
    package var id: Int64
    package var recordingID: Int64
    package var sessionID: Int64?
    package var exchangeID: Int64?
    package var responseExchangeID: Int64?
    package var direction: Direction
    package var method: String
    package var name: String?
    package var rpcID: String
    package var requestID: Int64
    package var responseID: Int64?
    package var sentNs: Int64
    package var acceptedMs: Double?
    package var firstEventMs: Double?
    package var latencyMs: Double?
    package var status: Status = .pending
    package var reason: Reason?
    /// How often it was sent: once more for each time that the server asked for input first.
    package var rounds: Int64 = 1
    package var requestBytes: Int64
    package var responseBytes: Int64?
    /// The task that it became, or that it asks after.
    package var taskID: String?

    package init(
        id: Int64, recordingID: Int64, direction: Direction, method: String, rpcID: String, requestID: Int64,
        sentNs: Int64, requestBytes: Int64
    ) {
        self.id = id
        self.recordingID = recordingID
        self.direction = direction
        self.method = method
        self.rpcID = rpcID
        self.requestID = requestID
        self.sentNs = sentNs
        self.requestBytes = requestBytes
    }
}
