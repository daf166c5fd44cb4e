import Testing

@testable import MCPTransports

@Suite struct EventStoreTests {
    private func event(_ text: String) -> OutboundEvent { OutboundEvent(data: Array(text.utf8)) }

    private func texts(_ events: [OutboundEvent]) -> [String] {
        events.map { String(decoding: $0.data ?? [], as: UTF8.self) }
    }

    @Test func `Resuming gives what followed on the same stream only`() throws {
        var store = EventStore(retention: EventRetention())
        let first = store.append(event("a1"), stream: 1)
        _ = store.append(event("b1"), stream: 2)
        _ = store.append(event("a2"), stream: 1)
        let resumed = try store.resume(after: try #require(first.id))
        #expect(resumed.stream == 1)
        #expect(texts(resumed.events) == ["a2"])
    }

    @Test func `Ids are unique in the session`() {
        var store = EventStore(retention: EventRetention())
        let ids = (0..<20).compactMap { store.append(event("x"), stream: $0 % 3).id }
        #expect(Set(ids).count == 20)
    }

    @Test func `The oldest events go first, by number and by bytes`() throws {
        var store = EventStore(retention: EventRetention(events: 3, bytes: 10))
        let ids = (0..<5).compactMap { store.append(event("\($0)"), stream: 1).id }
        #expect(throws: MCPError.self) { try store.resume(after: ids[0]) }
        #expect(try texts(store.resume(after: ids[1]).events) == ["2", "3", "4"])
        let big = store.append(event("0123456789ABCDEF"), stream: 1)
        #expect(try store.resume(after: try #require(big.id)).events.isEmpty)
        #expect(throws: MCPError.self) { try store.resume(after: ids[3]) }
        #expect(try store.resume(after: ids[4]).events == [big])
    }

    @Test(arguments: ["", "1", "1_", "_1", "1_2_3", "a_b", "1_99", "2_1", "-1_1"])
    func `An id that was never given out is refused`(id: String) {
        var store = EventStore(retention: EventRetention())
        _ = store.append(event("x"), stream: 1)
        #expect(throws: MCPError.self) { try store.resume(after: id) }
    }
}
