import TestSupport
import Testing
import Traffic
import WireFormats

/// What holds for any traffic.
struct FoldLawsTests {
    private static let seeds = Array(0..<40)

    private static func plays(_ seed: Int) -> (plays: [Play], random: SeededGenerator) {
        var random = SeededGenerator(seed)
        let plays = (1...4).map { Play.random(client: $0, using: &random) }
        return (plays, random)
    }

    @Test(arguments: seeds)
    func `Clients of different addresses do not disturb each other`(seed: Int) {
        var (plays, random) = Self.plays(seed)
        func outcomes(_ steps: [Step]) -> [String: String] {
            let rows = Rows(steps, finishes: false)
            let pairs = rows.calls.values.map {
                ("\($0.exchangeID ?? 0) \($0.direction) \($0.rpcID)", "\($0.status) \($0.reason.map { "\($0)" } ?? "")")
            }
            return Dictionary(pairs) { $0 + "," + $1 }
        }
        let alone = plays.map { outcomes($0.steps.filter(Self.isOwn)) }.reduce(into: [:]) { $0.merge($1) { $1 } }
        for _ in 0..<3 {
            #expect(outcomes(Play.interleaved(plays, using: &random).filter(Self.isOwn)) == alone)
        }
    }

    /// Gaps without an exchange are everybody's.
    private static func isOwn(_ step: Step) -> Bool {
        if case .gap = step.part { step.exchange != 0 } else { true }
    }

    @Test(arguments: seeds)
    func `Any split of content gives the same rows`(seed: Int) {
        var (plays, random) = Self.plays(seed)
        let whole = Play.interleaved(plays, using: &random)
        var split: [Step] = []
        for step in whole {
            switch step.part {
            case .requestBody, .responseBody:
                var rest = step.bytes[...]
                while !rest.isEmpty {
                    var piece = step
                    piece.bytes = Array(rest.prefix(Int.random(in: 1...8, using: &random)))
                    rest = rest.dropFirst(piece.bytes.count)
                    split.append(piece)
                }
            default: split.append(step)
            }
        }
        let first = Rows(whole)
        let second = Rows(split)
        #expect(first.sessionLines == second.sessionLines)
        #expect(first.callLines == second.callLines)
        #expect(first.messageLines == second.messageLines)
        #expect(first.attributionLines == second.attributionLines)
        #expect(first.streamEvents.map(\.block.block) == second.streamEvents.map(\.block.block))
        #expect(first.streamEvents.map(\.block.id) == second.streamEvents.map(\.block.id))
        for (id, row) in first.exchanges {
            #expect(row.requestBody == second.exchanges[id]?.requestBody)
            #expect(row.responseBody == second.exchanges[id]?.responseBody)
            #expect(row.chunks.map(\.offset) == second.exchanges[id]?.chunks.map(\.offset))
        }
    }

    @Test(arguments: seeds)
    func `Rows taken now and then end as those taken once`(seed: Int) {
        var (plays, random) = Self.plays(seed)
        let steps = Play.interleaved(plays, using: &random)
        let once = Rows(steps)
        let often = Rows(steps) { _ in Int.random(in: 0..<3, using: &random) == 0 }
        #expect((once.derived == often.derived) as Bool)
        #expect(once.exchanges == often.exchanges)
        #expect(once.connections == often.connections)
        #expect(once.streamEvents == often.streamEvents)
        #expect(once.gaps == often.gaps)
    }

    @Test(arguments: seeds)
    func `Folding the stored rows again gives the same, masked or not, ended or not`(seed: Int) {
        var (plays, random) = Self.plays(seed)
        let steps = Play.interleaved(plays, using: &random)
        let key = Array(UInt8(0)..<32)
        for redactor in [nil, Redactor(key: key), Redactor(key: key, extraHeaders: ["Mcp-Session-Id"])] {
            for finishes in [true, false] {
                let rows = Rows(steps, redactor: redactor, finishes: finishes)
                let again = rows.refolded(endNs: finishes ? Rows.endNs(steps) : nil)
                #expect((rows.derived.uncounted == again.derived.uncounted) as Bool)
            }
        }
    }

    @Test(arguments: seeds)
    func `Blocks joined are the stream's bytes, and give its chunks together with the marks`(seed: Int) {
        var (plays, random) = Self.plays(seed)
        let steps = Play.interleaved(plays, using: &random)
        let rows = Rows(steps)
        for row in rows.exchanges.values where row.isStream {
            let mine = steps.filter { 7 << 32 | Int64($0.exchange) == row.id }
            let blocks = rows.streamEvents.filter { $0.exchangeID == row.id }.sorted { $0.block.seq < $1.block.seq }
            let bytes = blocks.flatMap(\.block.block.raw)
            #expect(bytes == mine.flatMap(Self.content))
            let sizes: [Int64] = mine.compactMap {
                if case .responseChunk(let size) = $0.part { Int64(size) } else { nil }
            }
            #expect(Self.chunks(blocks, row.chunks) == sizes)
        }
    }

    private static func content(_ step: Step) -> [UInt8] {
        if case .responseBody = step.part { step.bytes } else { [] }
    }

    /// A chunk is where a mark says, else each block is one.
    private static func chunks(_ blocks: [StreamEventRow], _ marks: [ChunkMark]) -> [Int64] {
        var ends: [Int64] = []
        for block in blocks { ends.append((ends.last ?? 0) + Int64(block.block.block.raw.count)) }
        let total = ends.last ?? 0
        var sizes: [Int64] = []
        var offset: Int64 = 0
        var next = 0
        while offset < total {
            if next < marks.count, marks[next].offset == offset {
                sizes.append(marks[next].size)
                next += 1
            } else {
                sizes.append((ends.first { $0 > offset } ?? total) - offset)
            }
            offset += sizes.last ?? 1
        }
        return sizes
    }

    @Test func `Sessions that the wire does not name, and what they wait for, are forgotten`() {
        var random = SeededGenerator(1)
        var play = Play()
        for number in 0..<60 {
            let connection = UInt32(number * 20 + 1)
            play.agent = "agent-\(number)"
            number % 2 == 0 ? play.speakModern(connection, &random) : play.speakBroadcast(connection, &random)
            play.shutdown()
            play.wait(900)
        }
        let remembered = Self.remembered(play)
        #expect(remembered.exchanges == 0)
        #expect(remembered.sessions <= 6 && remembered.calls <= 6)
        #expect(remembered.names <= 12)
    }

    @Test func `Ended exchanges, answered calls and sessions long over are forgotten`() {
        var play = Play()
        for number in 0..<50 {
            play.begin(1, session: "s\(number)")
            play.answer(play.delete(1, "/mcp", session: "s\(number)"), 200)
            play.wait(100)
        }
        let remembered = Self.remembered(play)
        #expect(remembered.exchanges == 0)
        #expect(remembered.calls == 0)
        #expect(remembered.sessions <= 6)
        #expect(remembered.names <= 6)
    }

    private static func remembered(
        _ play: Play
    ) -> (exchanges: Int, calls: Int, sessions: Int, names: Int) {
        var decoder = ExchangeDecoder(recordingID: 7)
        var fold = Fold(recordingID: 7, name: nil)
        var events: [TrafficEvent] = []
        for step in play.steps {
            decoder.feed(
                step.part, connection: step.connection, exchange: step.exchange, at: step.at,
                bytes: step.bytes.span.bytes, into: &events)
        }
        for event in events { fold.apply(event) }
        return fold.remembered
    }
}
