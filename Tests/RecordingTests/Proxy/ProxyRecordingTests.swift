import Foundation
import Recording
import Testing
import Traffic
import TrafficStore
import WireFormats

/// The whole proxy on real sockets: what passes, and what the capture holds of it.
@Suite(.timeLimit(.minutes(5)), .serialized)
struct ProxyRecordingTests {
    @Test(arguments: 1...6)
    func `both sides receive the same with and without a recorder, and the capture holds it`(seed: Int) async throws {
        let folder = try TemporaryFolder()
        let plan = Plan(seed: seed, connections: 20)
        let without = try await plan.run { try await RunningRecording.forward(to: $0, $1) }
        let with = try await plan.run {
            let summary = try await RunningRecording.run(
                to: $0, into: folder.database, connections: plan.connections.count, $1)
            #expect(summary.isComplete && summary.exchanges == plan.exchanges.count)
        }
        #expect(with.byClient == without.byClient)
        #expect(with.byServer.count == without.byServer.count)
        for (number, bytes) in with.byServer {
            // Only the port in `Host` differs: the two runs have upstreams of their own.
            #expect(bytes.count == without.byServer[number]?.count, "exchange \(number)")
            #expect(
                bytes.suffix(plan.exchange(number)?.requestWire.count ?? 0)
                    == (plan.exchange(number)?.requestWire ?? [])[...])
        }
        for exchange in plan.exchanges { #expect(with.byClient[exchange.number] == exchange.response) }
        try Self.expect(folder.database, holds: plan)
        try expectReindexChangesNothing(folder.database)
    }

    @Test func `hundreds of connections at once are each recorded once`() async throws {
        let folder = try TemporaryFolder()
        let plan = Plan(seed: 77, connections: 300, exchangesUpTo: 3)
        let received = try await plan.run {
            let summary = try await RunningRecording.run(
                to: $0, into: folder.database, connections: plan.connections.count, $1)
            #expect(summary.isComplete)
        }
        for exchange in plan.exchanges { #expect(received.byClient[exchange.number] == exchange.response) }
        try Self.expect(folder.database, holds: plan)
        let capture = try Capture(folder.database)
        #expect(try capture.integers("SELECT count(*) FROM connections WHERE leg = 'client'") == [300])
        #expect(try capture.integers("SELECT count(*) FROM connections WHERE closed_ns IS NULL") == [0])
        try expectReindexChangesNothing(folder.database)
    }

    @Test(arguments: 11...14)
    func `deriving again from a masked capture changes nothing`(seed: Int) async throws {
        let folder = try TemporaryFolder()
        let plan = Plan(seed: seed, connections: 16)
        let redactor = Redactor(key: Array(0..<32), extraHeaders: seed % 2 == 0 ? ["Mcp-Session-Id"] : [])
        _ = try await plan.run {
            _ = try await RunningRecording.run(to: $0, into: folder.database, redactor: redactor, $1)
        }
        let file = try Data(contentsOf: URL(filePath: folder.database))
        #expect(file.range(of: Data("Bearer topsecret".utf8)) == nil)
        #expect(file.range(of: Data("token=topsecret".utf8)) == nil)
        #expect(try Capture(folder.database).integers("SELECT count(*) FROM sessions")[0] > 0)
        try expectReindexChangesNothing(folder.database)
    }

    @Test func `a lossless recording passes and holds the same`() async throws {
        let folder = try TemporaryFolder()
        let plan = Plan(seed: 21, connections: 10)
        let received = try await plan.run {
            _ = try await RunningRecording.run(to: $0, into: folder.database, isLossless: true, $1)
        }
        for exchange in plan.exchanges { #expect(received.byClient[exchange.number] == exchange.response) }
        try Self.expect(folder.database, holds: plan)
    }

    @Test func `an upstream that refuses is recorded as the answer that the client got`() async throws {
        let folder = try TemporaryFolder()
        let upstream = try await Loopback.unusedPort()
        let summary = try await RunningRecording.run(to: upstream, into: folder.database) { port in
            let answer = try await Loopback.connect(port) { wire in
                try await wire.send("GET /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n")
                return try await wire.receiveAll()
            }
            #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 502 "))
        }
        #expect(summary.exchanges == 1 && summary.isComplete)
        let row = try #require(try Capture(folder.database).exchanges().first)
        #expect(row.response == nil && row.upstreamConnectionID == nil)
        #expect(row.edits.last?.what == "answer" && row.edits.last?.to?.hasPrefix("502 ") == true)
        #expect(row.endedBy == .recorder && row.endReason == .httpError)
        try expectReindexChangesNothing(folder.database)
    }

    @Test func `a request that is no HTTP is recorded with what was said to it`() async throws {
        let folder = try TemporaryFolder()
        let summary = try await Loopback.serve(
            { _ in },
            while: { upstream in
                try await RunningRecording.run(to: upstream, into: folder.database) { port in
                    let answer = try await Loopback.connect(port) { wire in
                        try await wire.send("POST /mcp HTTP/1.1\r\nContent-Length : 3\r\n\r\nabc")
                        return try await wire.receiveAll()
                    }
                    #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 400 "))
                }
            })
        #expect(summary.exchanges == 1 && summary.isComplete)
        let row = try #require(try Capture(folder.database).exchanges().first)
        #expect(row.request.target.hasPrefix("POST /mcp HTTP/1.1\r\nContent-Length : 3"))
        #expect(row.edits.map(\.what) == ["malformed", "answer"])
        try expectReindexChangesNothing(folder.database)
    }

    @Test func `ending the recording ends what is open, and keeps what it saw`() async throws {
        let folder = try TemporaryFolder()
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
        try await Loopback.serve(
            { wire in
                _ = try await wire.receiveHead()
                try await wire.send(head + "data: 1\n\ndata: 2")
                _ = try await wire.receiveAll()
            },
            while: { upstream in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let (received, source) = AsyncStream.makeStream(of: Void.self)
                    _ = try await RunningRecording.run(to: upstream, into: folder.database) { port in
                        Task {
                            try await Loopback.connect(port) { wire in
                                try await wire.send("GET /sse HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                _ = try await wire.receive(exactly: head.utf8.count + 16)
                                source.finish()
                                _ = try await wire.receiveAll()
                            }
                        }
                        for await _ in received {}
                    }
                }
            })
        let capture = try Capture(folder.database)
        let row = try #require(try capture.exchanges().first)
        #expect(row.endedBy == .recorder && row.endReason == .shutdown)
        #expect(try capture.blocks(of: row).map(\.block.raw) == [Array("data: 1\n\n".utf8), Array("data: 2".utf8)])
        #expect(try capture.reader.recordings().map(\.interrupted) == [false])
        try expectReindexChangesNothing(folder.database)
    }
}

extension ProxyRecordingTests {
    /// Every exchange of the plan once, byte for byte.
    private static func expect(_ path: String, holds plan: Plan) throws {
        let capture = try Capture(path)
        #expect(try capture.texts("PRAGMA integrity_check") == ["ok"])
        let rows = try capture.exchanges()
        let numbers = rows.compactMap { PlannedExchange.number(in: Array(" \($0.request.target) ".utf8)) }
        #expect(numbers.sorted() == plan.exchanges.map(\.number).sorted())
        for (row, number) in zip(rows, numbers) {
            let planned = try #require(plan.exchange(number))
            expect(row, is: planned)
            guard planned.isStream, planned.status == 200 else {
                #expect(row.responseBody ?? [] == planned.responseBody, "exchange \(number)")
                expectChunks(row.chunks, of: planned)
                continue
            }
            let blocks = try capture.blocks(of: row)
            #expect(blocks.map(\.seq) == Array(0..<Int64(blocks.count)))
            #expect(blocks.flatMap(\.block.raw) == planned.responseBody, "exchange \(number)")
            if let chunks = planned.chunks { #expect(Self.chunks(blocks, row.chunks) == chunks, "exchange \(number)") }
        }
    }

    private static func expect(_ row: ExchangeRow, is planned: PlannedExchange) {
        let comment = Comment(rawValue: "exchange \(planned.number)")
        #expect(row.request.method == planned.method && row.request.target == planned.target, comment)
        #expect(row.request.fields.map { "\($0.name): \($0.value)" } == planned.requestFields.map { "\($0): \($1)" })
        #expect(row.requestBody ?? [] == planned.requestBody, comment)
        #expect(row.response?.status == planned.status && row.response?.reason == "Reason", comment)
        #expect(
            row.response?.fields.map { "\($0.name): \($0.value)" } == planned.responseFields.map { "\($0): \($1)" })
        #expect(row.edits.map(\.what) == ["host"], comment)
        #expect(row.upstreamConnectionID != nil, comment)
        #expect(row.endedBy == (planned.leavesEarly ? .client : .server), comment)
        if !planned.leavesEarly { #expect(row.endReason == .complete, comment) }
    }

    private static func expectChunks(_ marks: [ChunkMark], of planned: PlannedExchange) {
        var offset: Int64 = 0
        for (mark, size) in zip(marks, planned.chunks ?? []) {
            #expect(mark.size == Int64(size) && mark.offset == offset)
            offset += mark.size
        }
        #expect(marks.count == planned.chunks?.count ?? 0, "exchange \(planned.number)")
    }

    /// A chunk of a stream is where a mark says, else each block is one.
    private static func chunks(_ blocks: [StreamBlock], _ marks: [ChunkMark]) -> [Int] {
        var ends: [Int64] = []
        for block in blocks { ends.append((ends.last ?? 0) + Int64(block.block.raw.count)) }
        var sizes: [Int] = []
        var offset: Int64 = 0
        while offset < ends.last ?? 0 {
            let marked = marks.first { $0.offset == offset }?.size
            let size = marked ?? (ends.first { $0 > offset } ?? offset + 1) - offset
            sizes.append(Int(size))
            offset += size
        }
        return sizes
    }
}
