import Conversation
import WireFormats

/// Settings and messages that many scripts use.
enum Sample {
    static let client = #"{"name":"c","version":"1"}"#
    static let second: Int64 = 1_000_000_000

    static func settings(
        _ dialects: [Dialect] = ConversationSettings.detection, url: String = "http://h/mcp", own: Bool = true,
        capabilities: String = #"{"roots":{}}"#, revision: Revision = .latestWithHandshake, listens: Bool = true,
        callTimeout: Int64? = nil, openingTimeout: Int64 = 5_000_000_000,
        stall: ConversationSettings.StallPolicy = .onceAlive(silence: 120_000_000_000),
        reconnection: ConversationSettings.Reconnection = .fixed(1_000_000_000), answersPings: Bool = true,
        deletesSession: Bool = true, maximumRounds: Int = 10, maximumWaiting: Int = 256,
        maximumMessage: Int = 64 << 20, broadcastPaths: (stream: String, messages: String)? = nil
    ) throws -> ConversationSettings {
        ConversationSettings(
            url: try HTTPURL(url), dialects: dialects,
            opening: own ? .own(client: [UInt8](client.utf8), capabilities: [UInt8](capabilities.utf8)) : .ofOwner,
            revision: revision, listens: listens, callTimeout: callTimeout, openingTimeout: openingTimeout,
            stall: stall,
            reconnection: reconnection, answersPings: answersPings, deletesSession: deletesSession,
            maximumRounds: maximumRounds, maximumWaiting: maximumWaiting, maximumMessage: maximumMessage,
            broadcastPaths: broadcastPaths)
    }

    static let initialize =
        #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"elicitation":{}},"clientInfo":{"name":"o","version":"2"}}}"#
    static let initialized = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#

    static func initializeResult(_ revision: String = "2025-11-25") -> String {
        #"{"protocolVersion":"\#(revision)","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}"#
    }

    static func discovery(_ capabilities: String = #"{"tools":{"listChanged":true}}"#) -> String {
        #"{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":\#(capabilities)}"#
    }

    static func result(_ id: String, _ result: String = "{}") -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"result":\#(result)}"#
    }

    static func error(_ id: String, _ code: Int, data: String? = nil) -> String {
        let more = data.map { #","data":\#($0)"# } ?? ""
        return #"{"jsonrpc":"2.0","id":\#(id),"error":{"code":\#(code),"message":"no"\#(more)}}"#
    }

    static func call(_ id: String = "1", _ name: String = "echo", meta: String = "") -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(name)","arguments":{}\#(meta)}}"#
    }

    static func request(_ id: String, _ method: String, _ params: String = "") -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)"\#(params.isEmpty ? "" : #","params":\#(params)"#)}"#
    }

    static func notification(_ method: String, _ params: String = "") -> String {
        #"{"jsonrpc":"2.0","method":"\#(method)"\#(params.isEmpty ? "" : #","params":\#(params)"#)}"#
    }

    /// An event of an event stream.
    static func event(_ data: String, id: String? = nil, type: String? = nil, retry: Int? = nil) -> String {
        (type.map { "event: \($0)\n" } ?? "") + (id.map { "id: \($0)\n" } ?? "")
            + (retry.map { "retry: \($0)\n" } ?? "")
            + "data: \(data)\n\n"
    }
}

extension Script {
    /// A conversation that is open, with its listening stream; the exchanges used so far are gone.
    static func opened(
        _ dialect: Dialect, _ settings: ConversationSettings, revision: String = "2025-11-25", session: String = "s1",
        discovery: String = Sample.discovery(), seed: UInt64 = 1
    ) -> Script {
        let script = Script(settings, seed: seed)
        script.open()
        switch dialect {
        case .httpSSE:
            script.stream(1, Sample.event("/messages?s=1", type: "endpoint"))
            script.head(2, 202)
            script.end(2)
            script.body(1, Sample.event(Sample.result(#""handshake""#, Sample.initializeResult(revision))))
            script.answer(3, 202)
        case .streamable:
            script.answer(1, 200, Sample.result(#""handshake""#, Sample.initializeResult(revision)), session: session)
            script.answer(2, 202)
            if settings.listens { script.stream(3) }
        case .broadcast:
            script.answer(1, 200, Sample.result(#""handshake""#, Sample.initializeResult(revision)))
            script.answer(2, 202)
            if settings.listens { script.stream(3) }
        case .stateless:
            script.answer(1, 200, Sample.result(#""handshake""#, discovery))
            if script.requests[2] != nil {
                script.stream(2, Sample.event(Sample.notification("notifications/subscriptions/acknowledged")))
            }
        }
        return script
    }
}
