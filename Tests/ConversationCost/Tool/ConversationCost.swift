import Conversation
import MallocCount
import WireFormats

/// Says, as JSON, what a conversation costs in each dialect: how often a steady round trip allocates, and how many bytes
/// an idle client holds, its machine's own size apart. Everything goes over sockets.
@main
struct ConversationCost {
    struct Case {
        let name: String
        let dialect: Dialect
        let target: String
        let tool: String
    }

    private static let cases = [
        Case(name: "http+sse", dialect: .httpSSE, target: "/sse", tool: "plain"),
        Case(name: "streamable", dialect: .streamable, target: "/rpc", tool: "plain"),
        Case(name: "streamable, events", dialect: .streamable, target: "/rpc", tool: "stream"),
        Case(name: "stateless", dialect: .stateless, target: "/rpc", tool: "plain"),
        Case(name: "stateless, events", dialect: .stateless, target: "/rpc", tool: "stream"),
        Case(name: "broadcast", dialect: .broadcast, target: "/b/", tool: "plain"),
    ]

    static func main() {
        let port = SmallServer.start()
        var lines: [String] = []
        for one in cases {
            let own = measure(one, port, isOwn: true)
            let ofOwner = measure(one, port, isOwn: false)
            lines.append(
                #"{"case":"\#(one.name)","mallocsPerRoundTrip":\#(own.mallocs),"bytesPerIdleClient":\#(own.idle),"#
                    + #""bytesPerIdleClientWithOwnersHandshake":\#(ofOwner.idle)}"#)
        }
        print(
            #"{"isOptimized":\#(!_isDebugAssertConfiguration()),"inlineSize":\#(MemoryLayout<ConversationMachine>.size),"#
                + #""cases":[\#(lines.joined(separator: ","))]}"#)
    }

    private static func settings(_ one: Case, _ port: UInt16, isOwn: Bool) -> ConversationSettings {
        guard let url = try? HTTPURL("http://127.0.0.1:\(port)\(one.target)") else { fatalError("no URL") }
        let client = [UInt8](#"{"name":"conversation-cost","version":"1"}"#.utf8)
        return ConversationSettings(
            url: url, dialects: [one.dialect],
            opening: isOwn ? .own(client: client, capabilities: [UInt8](#"{"roots":{}}"#.utf8)) : .ofOwner,
            callTimeout: 30_000_000_000)
    }

    private static func measure(_ one: Case, _ port: UInt16, isOwn: Bool) -> (mallocs: Double, idle: Int) {
        let settings = settings(one, port, isOwn: isOwn)
        // The first client makes what all share.
        let first = EpollDriver(1, settings, port: port)
        open(first, isOwn: isOwn)
        for round in 0..<20 { roundTrip(first, 0, one, round) }
        MallocCount.reset()
        for round in 20..<220 { roundTrip(first, 0, one, round) }
        let mallocs = Double(MallocCount.total.allocations) / 200
        let crowd = EpollDriver(400, settings, port: port)
        MallocCount.reset()
        open(crowd, isOwn: isOwn)
        // One after the other, so that what is lent to those that are at it stays out of account.
        for client in crowd.clients {
            for round in 0..<3 { roundTrip(crowd, client, one, round) }
        }
        return (mallocs, MallocCount.total.liveBytes / 400)
    }

    private static func open(_ driver: EpollDriver, isOwn: Bool) {
        for client in driver.clients { driver.open(client) }
        if !isOwn {
            let initialize =
                #"{"jsonrpc":"2.0","id":"open","method":"initialize","params":{"protocolVersion":"2025-11-25","#
                + #""capabilities":{"roots":{}},"clientInfo":{"name":"conversation-cost","version":"1"}}}"#
            for client in driver.clients { driver.send(client, [UInt8](initialize.utf8)) }
            wait(driver, "conversations to open") { driver.clients.allSatisfy { driver.isOpen($0) } }
            let initialized = [UInt8](#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#.utf8)
            for client in driver.clients { driver.send(client, initialized) }
        }
        wait(driver, "conversations with their streams") {
            driver.clients.allSatisfy { driver.isOpen($0) && driver.openStreams($0) == 1 }
        }
    }

    /// One call with its answer.
    private static func roundTrip(_ driver: EpollDriver, _ client: Int, _ one: Case, _ round: Int) {
        let call =
            #"{"jsonrpc":"2.0","id":\#(1000 + round),"method":"tools/call","params":{"name":"\#(one.tool)","#
            + #""arguments":{"text":"a question of some length"}}}"#
        let before = driver.answers
        driver.send(client, [UInt8](call.utf8))
        wait(driver, "an answer") { driver.answers == before + 1 && driver.isQuiet(client) }
        precondition(driver.failures == 0, "a call failed")
    }

    private static func wait(_ driver: EpollDriver, _ what: String, _ isDone: () -> Bool) {
        precondition(driver.run(seconds: 30, until: isDone), "waited in vain for \(what)")
    }
}
