import Testing
import TrafficStore

@testable import InspectCommands

@Suite struct MaskedNamesTests {
    @Test func `what a recording masks is masked where it is replayed`() throws {
        let folder = try TemporaryFolder()
        let mask = "hmac:0123456789abcdef"
        var capture = try SampleCapture(folder.file())
        capture.open()
        for (id, params) in [
            (0, #"{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}"#),
            (1, #"{"name":"pay","arguments":{"pin":"\#(mask)"}}"#),
        ] {
            let method = id == 0 ? "initialize" : "tools/call"
            let exchange = capture.request(
                "POST", fields: ["X-Team: \(mask)", "Mcp-Session-Id: s"],
                body: #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#)
            capture.answer(exchange, fields: ["Mcp-Session-Id: s"], body: #"{"jsonrpc":"2.0","id":\#(id),"result":{}}"#)
        }
        try capture.finish()
        let reader = try CaptureReader(path: folder.file())
        let session = try #require(try reader.sessions().first).row.id
        let masked = try ReplayScript(session, in: reader, for: try ReplayCommand.parse([])).maskedNames
        #expect(masked.headers == ["x-team"] && masked.keys == ["pin"])
    }
}
