import Testing
import WireFormats

@Suite("The JSON-RPC envelope")
struct JSONRPCEnvelopeTests {
    @Test func `of a tool call has the tool, the token and the version`() {
        let message = ScannedMessage(
            """
            {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"name":"no","uri":"no"},\
            "_meta":{"progressToken":"p1","io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}
            """)
        #expect(message.envelope.kind == .request)
        #expect(message.envelope.invalidity == nil)
        #expect(message.id == .integer(7))
        #expect(message.method == "tools/call")
        #expect(message.isMethod("tools/call"))
        #expect(!message.isMethod("tools/cal"))
        #expect(message.name == "echo")
        #expect(message.raw(message.envelope.progressToken) == #""p1""#)
        #expect(message.string(message.envelope.metaVersion) == "2026-07-28")
        #expect(message.raw(message.envelope.params)?.hasPrefix(#"{"name":"echo""#) == true)
    }

    private static let names: [(params: String, name: String?)] = [
        (#"{"name":"n","uri":"u","ref":{"name":"r"}}"#, "n"), (#"{"uri":"u","ref":{"name":"r"}}"#, "u"),
        (#"{"ref":{"type":"ref/prompt","name":"r"}}"#, "r"), (#"{"ref":{"type":"ref/resource","uri":"t"}}"#, "t"),
        (#"{"name":1,"uri":"u"}"#, "u"), (#"{"name":"n","name":2}"#, nil), (#"{"ref":{"name":"r"},"ref":{}}"#, nil),
        (#"{"\u006eame":"\u0061"}"#, "a"), (#"{"name":""}"#, ""), ("{}", nil), ("[]", nil), ("null", nil),
        (#"{"clientInfo":{"name":"c"}}"#, nil),
    ]

    @Test("names the tool, prompt or resource", arguments: names)
    func name(_ params: String, _ name: String?) {
        let message = ScannedMessage(#"{"jsonrpc":"2.0","id":1,"method":"m","params":\#(params)}"#)
        #expect(message.envelope.kind == .request)
        #expect(message.name == name)
    }

    @Test func `of a result tells a failed tool and the result's type`() {
        let failed = ScannedMessage(
            #"{"jsonrpc":"2.0","id":"a","result":{"isError":true,"resultType":"complete","#
                + #""content":[{"isError":false}]}}"#
        )
        #expect(failed.envelope.kind == .response)
        #expect(failed.envelope.isErrorResult)
        #expect(failed.string(failed.envelope.resultType) == "complete")
        for result in [
            #"{"isError":false}"#, #"{"isError":"true"}"#, #"{"isError":true,"isError":null}"#, "{}", "[]", "null", "1",
        ] {
            let message = ScannedMessage(#"{"jsonrpc":"2.0","id":"a","result":\#(result)}"#)
            #expect(message.envelope.kind == .response)
            #expect(!message.envelope.isErrorResult)
            #expect(message.raw(message.envelope.result) == result)
        }
    }

    private static let errors: [(error: String, code: Int?)] = [
        (#"{"code":-32601,"message":"x"}"#, -32601), (#"{"code":-32601.0}"#, nil), (#"{"code":"-32601"}"#, nil),
        ("{}", nil),
        (#"{"code":1e3}"#, nil), (#"{"code":1,"code":2}"#, 2), (#"{"code":1,"code":null}"#, nil),
        (#"{"data":{"code":5},"code":99999999999999999999}"#, nil),
    ]

    @Test("of an error has the code where it is an integer", arguments: errors)
    func errorCode(_ error: String, _ code: Int?) {
        for id in ["", #""id":null,"#, #""id":"server-error","#, #""id":3,"#] {
            let message = ScannedMessage(#"{"jsonrpc":"2.0",\#(id)"error":\#(error)}"#)
            #expect(message.envelope.kind == .error)
            #expect(message.envelope.errorCode == code)
            #expect((message.envelope.id == nil) == id.isEmpty)
        }
    }

    @Test func `tokens and cancelled ids count only where they belong`() {
        func message(_ method: String, _ params: String) -> ScannedMessage {
            ScannedMessage(#"{"params":\#(params),"jsonrpc":"2.0","method":"\#(method)"}"#)
        }
        let progress = message("notifications/progress", #"{"progressToken":5,"_meta":{"progressToken":6}}"#)
        #expect(progress.raw(progress.envelope.progressToken) == "5")
        let escaped = message(#"notifications\/progress"#, #"{"progressToken":5}"#)
        #expect(escaped.raw(escaped.envelope.progressToken) == "5")
        let other = message("x", #"{"progressToken":5,"requestId":1}"#)
        #expect(other.envelope.progressToken == nil)
        #expect(other.envelope.cancelledRequestID == nil)
        let meta = message("x", #"{"progressToken":5,"_meta":{"progressToken":6}}"#)
        #expect(meta.raw(meta.envelope.progressToken) == "6")
        let cancelled = message("notifications/cancelled", #"{"requestId":"r"}"#)
        #expect(cancelled.raw(cancelled.envelope.cancelledRequestID) == #""r""#)
        #expect(message("notifications/cancelled", #"{"requestId":null}"#).envelope.cancelledRequestID == nil)
        #expect(message("x", #"{"_meta":{"progressToken":[]}}"#).envelope.progressToken == nil)
    }

    @Test func `the last of equal names counts, with all that hangs on it`() {
        let message = ScannedMessage(
            """
            {"jsonrpc":"1.0","jsonrpc":"2.0","id":{},"id":2,"method":1,"method":"b","params":{"name":"x","_meta":\
            {"progressToken":1,"io.modelcontextprotocol/protocolVersion":"v"},"requestId":1},\
            "params":{"uri":"y","_meta":{},"_meta":0}}
            """)
        #expect(message.envelope.kind == .request)
        #expect(message.id == .integer(2))
        #expect(message.method == "b")
        #expect(message.name == "y")
        #expect(message.envelope.progressToken == nil)
        #expect(message.envelope.metaVersion == nil)
    }

    @Test func `names with escapes count by value`() {
        let message = ScannedMessage(
            #"{"\u006asonrpc":"\u0032.0","\u0069d":1,"\u006dethod":"tools\/c\u0061ll","#
                + #""p\u0061rams":{"\u005fmeta":{"progress\u0054oken":9}}}"#
        )
        #expect(message.envelope.kind == .request)
        #expect(message.envelope.methodHasEscapes)
        #expect(message.isMethod("tools/call"))
        #expect(message.method == "tools/call")
        #expect(message.raw(message.envelope.progressToken) == "9")
        #expect(ScannedMessage(#"{"jsonrpc":"2.0","\u0072esult":{}, "i\u0064":1}"#).envelope.kind == .response)
        #expect(ScannedMessage(#"{"jsonrpc":"2.0","\u0065rror":{"\u0063ode":4}}"#).envelope.errorCode == 4)
    }

    private static let invalid: [(text: String, reason: JSONRPCEnvelope.Invalidity)] = [
        ("", .notJSON), ("{", .notJSON), (#"{"jsonrpc":"2.0","method":"a"}x"#, .notJSON), ("\u{FEFF}{}", .notJSON),
        ("[]", .batch), ("[{}]", .batch), ("[1", .notJSON), ("1", .notObject), ("null", .notObject),
        ("{}", .missingVersion),
        (#"{"method":"a","id":1}"#, .missingVersion), (#"{"jsonrpc":"1.0","method":"a"}"#, .wrongVersion),
        (#"{"jsonrpc":2.0,"method":"a"}"#, .wrongVersion), (#"{"jsonrpc":"2.0"}"#, .noMethodNorOutcome),
        (#"{"jsonrpc":"2.0","id":1}"#, .noMethodNorOutcome), (#"{"jsonrpc":"2.0","method":1}"#, .wrongMethod),
        (#"{"jsonrpc":"2.0","method":"a","result":{}}"#, .methodWithOutcome),
        (#"{"jsonrpc":"2.0","method":"a","params":1}"#, .wrongParams),
        (#"{"jsonrpc":"2.0","id":null,"method":"a"}"#, .nullID),
        (#"{"jsonrpc":"2.0","id":true,"method":"a"}"#, .wrongID), (#"{"jsonrpc":"2.0","id":[],"result":{}}"#, .wrongID),
        (#"{"jsonrpc":"2.0","id":{},"error":{}}"#, .wrongID), (#"{"jsonrpc":"2.0","result":{}}"#, .missingID),
        (#"{"jsonrpc":"2.0","id":null,"result":{}}"#, .nullID), (#"{"jsonrpc":"2.0","id":1,"error":"x"}"#, .wrongError),
        (#"{"jsonrpc":"2.0","id":1,"error":null}"#, .wrongError),
        (#"{"jsonrpc":"2.0","id":1,"result":{},"error":{}}"#, .resultAndError),
    ]

    @Test("says why a message is none", arguments: invalid)
    func invalidity(_ text: String, _ reason: JSONRPCEnvelope.Invalidity) {
        let envelope = ScannedMessage(text).envelope
        #expect(envelope.kind == .invalid)
        #expect(envelope.invalidity == reason)
    }

    @Test func `a null beside the outcome that is meant does no harm`() {
        #expect(ScannedMessage(#"{"jsonrpc":"2.0","id":1,"result":{},"error":null}"#).envelope.kind == .response)
        #expect(ScannedMessage(#"{"jsonrpc":"2.0","id":1,"result":null,"error":{"code":1}}"#).envelope.kind == .error)
        #expect(ScannedMessage(#"{"jsonrpc":"2.0","method":"a","params":null}"#).envelope.kind == .notification)
    }

    @Test func `an invalid message keeps the parts that were found`() {
        let message = ScannedMessage(#"{"id":null,"method":"tools/call","params":{"name":"t"}}"#)
        #expect(message.envelope.invalidity == .missingVersion)
        #expect(message.id == .null)
        #expect(message.method == "tools/call")
        #expect(message.name == "t")
        #expect(ScannedMessage(#"{"id":1,"method":"a""#).envelope == JSONRPCEnvelope([UInt8(ascii: "x")].span.bytes))
    }

    @Test func `ids are equal by value and not across types`() {
        func id(_ text: String) -> JSONRPCID? { ScannedMessage(#"{"id":\#(text)}"#).id }
        #expect(id(#""\u0061""#) == id(#""a""#))
        #expect(id("1") != id(#""1""#))
        #expect(id("1.5") == .number("1.5"))
        #expect(id("99999999999999999999") == .number("99999999999999999999"))
        #expect(id("true") == nil)
    }

    @Test func `a batch is read message by message`() throws {
        let text = Array(#"[{"jsonrpc":"2.0","id":1,"method":"a"}, {"jsonrpc":"2.0","id":1,"result":{}},1]"#.utf8)
        #expect(ScannedMessage(text).envelope.invalidity == .batch)
        let elements = try #require(JSONScan.elements(of: text))
        #expect(elements.map { ScannedMessage(Array(text[$0])).envelope.kind } == [.request, .response, .invalid])
    }

    @Test("no beginning of a message is one", arguments: JSONCorpus.messages)
    func truncated(_ text: String) {
        let bytes = Array(text.utf8)
        for length in 0..<bytes.count {
            #expect(ScannedMessage(Array(bytes[..<length])).envelope.invalidity == .notJSON, "\(length)")
        }
    }

    @Test func `goes 512 containers deep in every part, as the scan does`() {
        for part in ["x", "id", "params", "result", "error"] {
            for (depth, isJSON) in [(511, true), (512, false)] {
                let inner = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
                let text = Array("{\"\(part)\":\(inner)}".utf8)
                #expect((ScannedMessage(text).envelope.invalidity != .notJSON) == isJSON, "\(part) \(depth)")
                #expect(JSONScan.validate(text) == isJSON)
            }
        }
        let deep = String(repeating: "[", count: 509) + String(repeating: "]", count: 509)
        for wrap in [
            #"{"params":{"_meta":{"a":"#, #"{"params":{"ref":{"a":"#, #"{"params":{"_meta":{"progressToken":"#,
        ] {
            #expect(ScannedMessage("\(wrap)\(deep)}}}").envelope.invalidity == .missingVersion)
            #expect(ScannedMessage("\(wrap)[\(deep)]}}}").envelope.invalidity == .notJSON)
        }
    }
}
