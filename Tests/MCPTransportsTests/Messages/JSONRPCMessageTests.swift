import Testing

@testable import MCPTransports

@Suite struct JSONRPCMessageTests {
    @Test(arguments: [
        #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"a":1}}"#, #"{"jsonrpc":"2.0","id":"x","method":"m"}"#,
        #"{"jsonrpc":"2.0","method":"n"}"#, #"{"jsonrpc":"2.0","id":1,"result":{}}"#,
        #"{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"no","data":[1]}}"#,
        #"{"jsonrpc":"2.0","error":{"code":-32700,"message":"no"}}"#,
    ])
    func `A message survives reading and writing`(text: String) throws {
        #expect(try JSONRPCMessage(JSONValue(parsing: Array(text.utf8))).json.description == text)
    }

    @Test(arguments: [
        "1", "[]", "{}", #"{"jsonrpc":"1.0","id":1,"method":"m"}"#, #"{"jsonrpc":"2.0","id":null,"method":"m"}"#,
        #"{"jsonrpc":"2.0","id":1.5,"method":"m"}"#, #"{"jsonrpc":"2.0","id":1,"method":2}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"m","params":[1]}"#, #"{"jsonrpc":"2.0","id":1}"#,
        #"{"jsonrpc":"2.0","result":{}}"#,
    ])
    func `What is no message is an invalid request`(text: String) throws {
        let json = try JSONValue(parsing: Array(text.utf8))
        #expect {
            try JSONRPCMessage(json)
        } throws: { error in
            (error as? MCPError)?.code == -32600
        }
    }

    @Test func `A known revision is negotiated as asked and an unknown one becomes the newest`() {
        #expect(ProtocolRevision.negotiated(requested: "2025-03-26") == .v20250326)
        #expect(ProtocolRevision.negotiated(requested: "2099-01-01") == .v20251125)
        #expect(ProtocolRevision.negotiated(requested: nil) == .v20251125)
    }

    @Test func `Log levels are ordered by severity`() {
        #expect(LogLevel.allCases == LogLevel.allCases.sorted())
    }
}
