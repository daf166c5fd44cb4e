import Testing

@testable import MCPTransports

struct ConnectionPoolTests {
    @Test func `By HTTP/1.1 every waiting exchange has a connection opened`() {
        var pool = ConnectionPool(wire: .http1, limit: 2)
        for exchange in 1...3 as ClosedRange<UInt32> { #expect(pool.place(exchange, isLongLived: false) == nil) }
        #expect(pool.missing == 3)
        for _ in 0..<3 { pool.openingBegan() }
        #expect(pool.missing == 0)
        #expect(pool.opened(10, isShared: false) == [1])
        #expect(pool.openingFailed() == [2])
        pool.withdraw(3)
        #expect(pool.missing == -1)
        pool.openingWasCancelled()
        #expect(pool.missing == 0 && pool.openings == 0)
    }

    @Test func `Of idle connections the latest is used and the oldest goes`() {
        var pool = ConnectionPool(wire: .http1, limit: 2)
        #expect(pool.becameIdle(1) == nil)
        #expect(pool.becameIdle(2) == nil)
        #expect(pool.becameIdle(3) == 1)
        #expect(pool.place(9, isLongLived: true) == nil)
        #expect(pool.place(1, isLongLived: false) == 3)
        pool.retire(2)
        #expect(pool.place(2, isLongLived: false) == nil)
        #expect(pool.waiting == [9, 2])
    }

    @Test func `What a server speaks shows with its first connection, which all wait for`() {
        var pool = ConnectionPool(wire: .unknown, limit: 2)
        for exchange in 1...3 as ClosedRange<UInt32> { _ = pool.place(exchange, isLongLived: false) }
        #expect(pool.missing == 1)
        pool.openingBegan()
        var other = pool
        #expect(pool.opened(10, isShared: true) == [1, 2, 3])
        #expect(pool.place(4, isLongLived: true) == 10)
        #expect(other.opened(10, isShared: false) == [1])
        #expect(other.missing == 2)
    }

    @Test func `When the first connection fails, all that waited for it do`() {
        var pool = ConnectionPool(wire: .unknown, limit: 2)
        for exchange in 1...2 as ClosedRange<UInt32> { _ = pool.place(exchange, isLongLived: false) }
        pool.openingBegan()
        #expect(pool.openingFailed() == [1, 2])
        #expect(pool.missing == 0)
    }

    @Test func `A connection that takes no more is replaced by one, on which the rest go`() {
        var pool = ConnectionPool(wire: .unknown, limit: 2)
        pool.openingBegan()
        #expect(pool.opened(1, isShared: true) == [])
        pool.retire(1)
        #expect(pool.place(1, isLongLived: false) == nil)
        #expect(pool.place(2, isLongLived: false) == nil)
        #expect(pool.missing == 1)
        pool.openingBegan()
        #expect(pool.opened(2, isShared: true) == [1, 2])
        #expect(pool.shared == 2)
    }
}
