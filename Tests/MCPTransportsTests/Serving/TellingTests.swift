import DemoServer
import Testing

@testable import MCPTransports

@Suite(.timeLimit(.minutes(1))) struct TellingTests {
    private func openStream(_ port: Int) async throws -> (stream: RawConnection, target: String) {
        let stream = try await RawConnection(port: port)
        try await stream.request("GET /sse")
        let opening = try await stream.wait(for: "\n\n")
        let target = String(try #require(opening.split(separator: "data: ").last).prefix { $0 != "\n" })
        let post = try await RawConnection(port: port)
        try await post.request("POST \(target)", ["Connection: close"], body: initialize(.v20241105))
        try await stream.wait(for: "serverInfo")
        return (stream, target)
    }

    @Test func `A message goes to one session or to all, and sessions can be seen`() async throws {
        try await withTransport { transport, port in
            let (first, _) = try await openStream(port)
            let (second, target) = try await openStream(port)
            let id = String(try #require(target.split(separator: "=").last))
            let info = try #require(transport.sessions.first { $0.id == id })
            #expect(info.dialect == .httpSSE && info.revision == .v20241105 && info.client?.name == "c")
            #expect(transport.sessions.count == 2)
            #expect(transport.sendMessage(.notification(method: "to/one", params: nil), to: id) == 1)
            #expect(transport.sendMessage(.notification(method: "to/one", params: nil), to: "unknown") == 0)
            #expect(transport.sendMessage(.notification(method: "to/all", params: nil)) == 2)
            try await second.wait(for: "to/all")
            #expect(try await !first.wait(for: "to/all").contains("to/one"))
            #expect(second.text.contains("to/one"))
        }
    }

    @Test func `Updates of a resource go to the sessions that subscribed to it`() async throws {
        try await withTransport { transport, port in
            let (stream, target) = try await openStream(port)
            let post = try await RawConnection(port: port)
            func subscribe(_ id: Int, _ verb: String) async throws {
                let method = "resources/\(verb)"
                let body = #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{"uri":"demo://greeting"}}"#
                try await post.request("POST \(target)", body: body)
                try await stream.wait(for: #""id":\#(id),"result":{}"#)
            }
            #expect(transport.notifyResourceUpdated("demo://greeting") == 0)
            try await subscribe(1, "subscribe")
            #expect(transport.notifyResourceUpdated("demo://greeting") == 1)
            #expect(transport.notifyResourceUpdated("demo://notes/1") == 0)
            try await stream.wait(
                for: #""method":"notifications/resources/updated","params":{"uri":"demo://greeting"}"#)
            try await subscribe(2, "unsubscribe")
            #expect(transport.notifyResourceUpdated("demo://greeting") == 0)
        }
    }

    @Test func `Replacing what is served announces the lists that differ, and answers with the new ones`() async throws
    {
        try await withTransport { transport, port in
            let (stream, target) = try await openStream(port)
            transport.update { $0.tools.removeAll { $0.name != "echo" } }
            try await stream.wait(for: "notifications/tools/list_changed")
            let post = try await RawConnection(port: port)
            try await post.request("POST \(target)", body: SessionScript.call(5, "tools/list"))
            let text = try await stream.wait(for: #""id":5"#)
            #expect(text.contains(#""name":"echo""#) && !text.contains(#""name":"slow""#))
            #expect(!text.contains("prompts/list_changed"))
        }
    }

    @Test func `What is not promised is neither announced nor in the capabilities`() async throws {
        let server = MCPServer(
            name: "s", version: "1", resources: [Resource(uri: "a:b", name: "a") { _ in [] }],
            announces: .resourcesListChanged)
        #expect(server.description.capabilities["resources"] == ["subscribe": false, "listChanged": true])
        try await withTransport(server) { transport, port in
            let (stream, target) = try await openStream(port)
            #expect(transport.notifyToolsListChanged() == 0)
            #expect(transport.notifyResourcesListChanged() == 1)
            let post = try await RawConnection(port: port)
            try await post.request(
                "POST \(target)",
                body: #"{"jsonrpc":"2.0","id":1,"method":"resources/subscribe","params":{"uri":"a:b"}}"#)
            try await stream.wait(for: "-32601")
        }
    }

    @Test func `A tool of the demo server is heard by those who listen`() async throws {
        try await withHost { port in
            let listener = try await RawConnection(port: port)
            try await listener.post(
                StatelessPost(
                    id: "l", method: "subscriptions/listen",
                    params: [
                        "notifications": ["toolsListChanged": true, "resourceSubscriptions": ["demo://greeting"]]
                    ]))
            try await listener.wait(for: "acknowledged")
            let connection = try await RawConnection(port: port)
            try await connection.post(.call("trigger_tools_changed"))
            try await connection.wait(for: "told 1 listeners")
            try await connection.post(.call("touch_resource"))
            try await listener.wait(for: "notifications/resources/updated")
            #expect(listener.text.contains("notifications/tools/list_changed"))
            var call = StatelessPost.call("route", ["region": "é"])
            try await connection.post(call)
            try await connection.wait(for: "Mcp-Param-Region is missing")
            call.headers["mcp-param-region"] = "=?base64?w6k=?="
            try await connection.post(call)
            try await connection.wait(for: "é at priority 0")
        }
    }
}
