import TestSupport
import Testing
import Traffic
import TrafficStore

/// However commits of several recorders and looks of a follower fall together: everything is told, and once.
@Suite struct FollowingLawTests {
    private struct Recorder {
        let writer: CaptureWriter
        var rows: SampleRows
        var open: [(exchange: ExchangeRow, call: CallRow)] = []
        /// An exchange whose number was given before that of one which is there already.
        var held: ExchangeRow?
        var isClosed = false

        init(_ path: String) throws {
            writer = try CaptureWriter(path: path, recording: .sample())
            rows = SampleRows(writer.recordingID)
        }

        mutating func commit(_ random: inout some RandomNumberGenerator) throws {
            var batch = RowBatch()
            for _ in 0..<Int.random(in: 0...40, using: &random) { begin(&batch, &random) }
            while let index = open.indices.randomElement(using: &random), Bool.random(using: &random) {
                end(open.remove(at: index), &batch)
            }
            _ = try writer.commit(batch)
        }

        private mutating func begin(_ batch: inout RowBatch, _ random: inout some RandomNumberGenerator) {
            let exchange = rows.exchange(on: 1, status: nil)
            if let late = held {
                batch.exchanges.append(late)
                held = nil
            } else if Int.random(in: 0..<8, using: &random) == 0 {
                held = exchange
                return
            }
            var request = rows.message(.request, .clientToServer, session: nil, exchange: exchange.id, at: 1)
            let call = rows.call(.pending, session: 0, exchange: exchange.id, request: request.id, at: 1)
            request.callID = call.id
            batch.exchanges.append(exchange)
            batch.messages.append(request)
            batch.calls.append(call)
            let block = rows.event(": x\n\n", kind: .comment, on: exchange.id, seq: 0, at: 1, comment: " x")
            batch.streamEvents.append(block)
            open.append((exchange, call))
        }

        private func end(_ pair: (exchange: ExchangeRow, call: CallRow), _ batch: inout RowBatch) {
            var (exchange, call) = pair
            exchange.responseEndNs = rows.at(9)
            call.status = .cancelled
            batch.exchanges.append(exchange)
            batch.calls.append(call)
        }
    }

    private struct Told {
        var recordings: [Int64] = []
        var ended: [Int64] = []
        var messages: [Int64] = []
        var blocks: [Int64] = []
        var exchanges: [Int64: [Bool]] = [:]
        var calls: [Int64: [Bool]] = [:]

        mutating func add(_ rows: CommittedRows) {
            recordings += rows.begun.map(\.id)
            ended += rows.ended.map(\.id)
            messages += rows.messages.map(\.id)
            blocks += rows.blocks.map(\.block.id)
            for change in rows.exchanges { exchanges[change.row.id, default: []].append(change.now.hasEnded) }
            for change in rows.calls { calls[change.row.id, default: []].append(change.now.hasEnded) }
        }
    }

    @Test(arguments: 0..<12) func `everything is told once, in any order of commits and looks`(seed: Int) throws {
        let folder = TemporaryFolder()
        var random = SeededGenerator(seed)
        let follower = CaptureFollower(path: folder.file(), from: .time(0))
        var recorders: [Recorder] = []
        var told = Told()
        for _ in 0..<150 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0 where recorders.count < 5: recorders.append(try Recorder(folder.file()))
            case 1...6:
                guard let index = recorders.indices.randomElement(using: &random), !recorders[index].isClosed else {
                    continue
                }
                try recorders[index].commit(&random)
                guard Int.random(in: 0..<30, using: &random) == 0 else { continue }
                try recorders[index].writer.close(endedNs: sampleStart)
                recorders[index].isClosed = true
            default: if let rows = try follower.next() { told.add(rows) }
            }
        }
        for recorder in recorders where !recorder.isClosed { try recorder.writer.close(endedNs: sampleStart) }
        while let rows = try follower.next(), !rows.isEmpty || rows.isPartial { told.add(rows) }
        try Self.expect(told, in: folder.file())
    }

    @Test func `what is more than a look takes is told by the next ones`() throws {
        let folder = TemporaryFolder()
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        var batch = RowBatch()
        for number: Int64 in 0..<7000 {
            var message = rows.message(.notification, .serverToClient, session: nil, exchange: 1, at: number)
            if number % 3 == 0 {
                let block = rows.event("data: {}\n\n", kind: .event, on: 1, seq: number, at: number, data: "{}")
                message.streamEventID = block.block.id
                batch.streamEvents.append(block)
            } else if number < 3500 {
                batch.streamEvents.append(
                    rows.event(":\n\n", kind: .comment, on: 1, seq: number, at: number, comment: ""))
            }
            batch.messages.append(message)
        }
        _ = try writer.commit(batch)
        let follower = CaptureFollower(path: folder.file(), from: .time(0))
        var told = Told()
        var looks = 0
        while let rows = try follower.next() {
            looks += 1
            told.add(rows)
        }
        #expect(looks > 3)
        #expect(told.messages == batch.messages.map(\.id))
        let carriers = Set(batch.messages.compactMap(\.streamEventID))
        #expect(told.blocks == batch.streamEvents.map(\.block.id).filter { !carriers.contains($0) })
        try writer.close(endedNs: sampleStart)
    }

    private static func expect(_ told: Told, in path: String) throws {
        let reader = try CaptureReader(path: path)
        func ids(_ table: String) throws -> [Int64] {
            try reader.values("SELECT id FROM \(table) ORDER BY id").compactMap {
                if case .integer(let id)? = $0.first { id } else { nil }
            }
        }
        #expect(told.recordings.sorted() == (try ids("recordings")))
        #expect(told.ended.sorted() == (try ids("recordings")))
        #expect(told.messages.sorted() == (try ids("message_rows")))
        #expect(told.blocks.sorted() == (try ids("stream_events")))
        #expect(told.exchanges.keys.sorted() == (try ids("exchanges")))
        #expect(told.calls.keys.sorted() == (try ids("calls")))
        let ended = Set(try ids("calls WHERE status <> 'pending'"))
        for (id, stages) in told.calls {
            #expect(stages == [false, true].suffix(stages.count) || stages == [false], "call \(id): \(stages)")
            #expect(stages.last == ended.contains(id))
        }
    }
}
