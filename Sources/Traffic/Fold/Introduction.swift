import WireFormats

/// Who speaks, and the revision that he speaks or asks for.
struct Introduction: Sendable, Equatable {
    var name: String?
    var version: String?
    var revision: String?

    /// Of a request or result, where it says so: `initialize` in its parameters and its result, every message of
    /// MCP 2026-07-28 in `_meta`.
    init?(_ message: ScannedMessage) {
        let text = message.text.span.bytes
        switch message.kind {
        case .request where message.method == "initialize":
            self.init(["params", "clientInfo"], revision: ["params", "protocolVersion"], in: text)
        case .request, .notification:
            guard let info = message.envelope.clientInfo else { return nil }
            self.init([], revision: [], in: text.extracting(info))
            revision = message.version
        case .response:
            if let info = message.envelope.serverInfo {
                self.init([], revision: [], in: text.extracting(info))
            } else {
                self.init(["result", "serverInfo"], revision: ["result", "protocolVersion"], in: text)
            }
        case .error, .invalid: return nil
        }
    }

    /// No path to the revision where it stands elsewhere.
    private init(_ who: [String], revision: [String], in text: RawSpan) {
        name = Self.string(who + ["name"], in: text)
        version = Self.string(who + ["version"], in: text)
        self.revision = revision.isEmpty ? nil : Self.string(revision, in: text)
    }

    private static func string(_ path: [String], in text: RawSpan) -> String? {
        JSONScan.value(at: path, in: text).flatMap { JSONScan.string(at: $0, in: text) }
    }
}

/// Who sends a message, read once for however many sessions it is held against.
struct Speaker {
    /// Of the text in which he introduces himself in `_meta`.
    let digest: MessageDigest?
    private(set) lazy var introduction: Introduction? = Introduction(message)
    private let message: ScannedMessage

    init(_ message: ScannedMessage) {
        self.message = message
        digest = message.digest(message.envelope.clientInfo)
    }
}
