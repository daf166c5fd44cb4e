import Glibc
import TestSupport
import Testing
import Traffic

@testable import TrafficStore

@Suite struct SearchIndexTests {
    private let folder = TemporaryFolder()

    /// A recording of messages with these texts, in one session; texts that are no JSON are invalid messages.
    @discardableResult
    private func record(_ texts: [[UInt8]], process: ProcessIdentity = .current, closes: Bool = true) throws
        -> CaptureWriter
    {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample(), process: process)
        var rows = SampleRows(writer.recordingID)
        var batch = RowBatch()
        let session = rows.session()
        batch.sessions = [session]
        for (number, text) in texts.enumerated() {
            let body = String(decoding: text, as: UTF8.self)
            var exchange = rows.exchange(on: 1, session: session.id, at: Int64(number), end: Int64(number))
            let isStream = number % 2 == 0
            var message = rows.message(
                number % 5 == 0 ? .invalid : .notification, .clientToServer, session: session.id, exchange: exchange.id,
                at: Int64(number), body: isStream ? .streamEvent : number % 3 == 0 ? .element(text) : .requestBody)
            if isStream {
                let event = rows.event(
                    "", kind: .event, on: exchange.id, seq: 0, at: Int64(number), data: body)
                message.streamEventID = event.block.id
                batch.streamEvents.append(event)
            } else {
                exchange.requestBody = text
            }
            batch.exchanges.append(exchange)
            batch.messages.append(message)
        }
        _ = try writer.commit(batch)
        if closes { try writer.close(endedNs: rows.at(9)) }
        return writer
    }

    private func extend(for limit: Duration = .seconds(60)) throws {
        let connection = try Connection(path: folder.file(), access: .readWrite)
        try SearchIndex.extend(connection, for: limit)
    }

    /// Ids of a session's messages in which the text occurs.
    private func found(_ text: String, session: Int64, isIndexed: Bool, in path: String? = nil) throws -> [Int64] {
        let reader = try CaptureReader(path: path ?? folder.file())
        let last = try SearchIndex.lastID(ofRecording: session >> 32, in: reader.connection)
        let facts = FilterFacts.messages(ofSession: session, indexed: isIndexed ? last : nil)
        let condition = Filter(.term(.text(text))).condition(over: facts)
        let statement = try reader.connection.prepare(
            "SELECT m.id FROM \(facts.source) WHERE \(facts.scope) AND \(condition.sql) ORDER BY m.id")
        for argument in condition.arguments { statement.put(argument) }
        return try statement.all(make: { $0.takeInteger() })
    }

    private static let alphabet = Array("aAbB\"\\%_é É日𝄞".unicodeScalars)

    private static func text(_ random: inout some RandomNumberGenerator, _ lengths: ClosedRange<Int>) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: lengths, using: &random) {
            text.append(alphabet.randomElement(using: &random) ?? "a")
        }
        return String(text)
    }

    @Test(arguments: 0..<10) func `with the index the answers are those of a scan`(seed: Int) throws {
        var random = SeededGenerator(seed)
        var texts = (0..<120).map { _ in Array(Self.text(&random, 0...60).utf8) }
        texts[7] = [0x61, 0x62, 0x63, 0xFF]
        texts[8] = Array("abAB\0abAB".utf8)
        try record(texts)
        try extend()
        try record(texts.reversed())
        let session = try CaptureReader(path: folder.file()).sessions().map(\.row.id)
        #expect(session.count == 2)
        var hits = 0
        for _ in 0..<60 {
            let needle = Self.text(&random, 1...6)
            for session in session {
                let scanned = try found(needle, session: session, isIndexed: false)
                let indexed = try found(needle, session: session, isIndexed: true)
                #expect(scanned == indexed, "\(needle)")
                hits += indexed.count
            }
        }
        #expect(hits > 100)
    }

    @Test func `it grows a little at a time, and what is beyond is scanned`() throws {
        try record((0..<5000).map { Array("number \($0) of them".utf8) })
        let session = try #require(try CaptureReader(path: folder.file()).sessions().first?.row.id)
        try extend(for: .zero)
        let reader = try CaptureReader(path: folder.file())
        let first = try #require(try SearchIndex.lastID(ofRecording: 1, in: reader.connection))
        #expect(try SearchIndex.backlog(in: reader.connection) > 0)
        for needle in ["number 17 ", "number 4999 "] {
            #expect(try found(needle, session: session, isIndexed: true).count == 1)
        }
        try extend()
        #expect(try SearchIndex.backlog(in: reader.connection) == 0)
        #expect(try SearchIndex.lastID(ofRecording: 1, in: reader.connection) ?? 0 > first)
        #expect(try found("NUMBER 4999 ", session: session, isIndexed: true).count == 1)
    }

    @Test func `nothing is made while somebody records`() throws {
        let writer = try record([Array("while it runs".utf8)], closes: false)
        try extend()
        #expect(try !SearchIndex.exists(in: Connection(path: folder.file(), access: .readWrite)))
        try writer.close(endedNs: sampleStart)
        try extend()
        #expect(try SearchIndex.exists(in: Connection(path: folder.file(), access: .readWrite)))
        // One that records again leaves it as it is.
        let again = try record([Array("running again".utf8)], closes: false)
        try extend()
        let session = try #require(try CaptureReader(path: folder.file()).sessions().last?.row.id)
        #expect(try found("again", session: session, isIndexed: true).count == 1)
        try again.close(endedNs: sampleStart)
    }

    @Test func `a table of that name that we did not make is not asked`() throws {
        try record([Array("the needle".utf8)])
        let session = try #require(try CaptureReader(path: folder.file()).sessions().first?.row.id)
        let connection = try Connection(path: folder.file(), access: .readWrite)
        try connection.execute(
            """
            CREATE TABLE message_search (body); CREATE TABLE message_search_progress (recording_id, last_id);
            INSERT INTO message_search_progress VALUES (1, \(Int64.max));
            """)
        #expect(try SearchIndex.lastID(ofRecording: 1, in: connection) == nil)
        #expect(try found("needle", session: session, isIndexed: true).count == 1)
        try extend()
        #expect(try SearchIndex.exists(in: connection))
        #expect(try found("needle", session: session, isIndexed: true).count == 1)
    }

    @Test func `deriving anew forgets it`() throws {
        try record([Array("the needle".utf8)])
        try extend()
        let reindexer = try CaptureReindexer(path: folder.file(), recording: 1)
        try reindexer.finish(foldVersion: 1)
        #expect(try !SearchIndex.exists(in: Connection(path: folder.file(), access: .readWrite)))
    }

    @Test func `the last of many messages closes with an index, which read-only media keep`() throws {
        try record((0..<Int(SearchIndex.worthwhile)).map { Array("text \($0)".utf8) })
        let reader = try CaptureReader(path: folder.file())
        let session = try #require(try reader.sessions().first?.row.id)
        #expect(try SearchIndex.exists(in: reader.connection))
        #expect(folder.files == ["captures.sqlite"])
        chmod(folder.file(), 0o444)
        chmod(folder.path, 0o555)
        defer { chmod(folder.path, 0o755) }
        try withoutPrivileges {
            let reader = try CaptureReader(path: folder.file())
            let filter = try Filter("text:\"TEXT 1999\"")
            #expect(try reader.sessions([session], matching: filter) == [session])
            #expect(try reader.sessions([session], matching: Filter("text:nowhere")).isEmpty)
        }
    }

    @Test func `people ask it with LIKE`() throws {
        try record([Array(#"{"a":"needle"}"#.utf8), Array(#"{"a":"Needle"}"#.utf8), Array(#"{"a":"hay"}"#.utf8)])
        try extend()
        let query = "SELECT body FROM message_search WHERE body LIKE '%needle%'"
        #expect(try CaptureReader(path: folder.file()).texts(query) == [#"{"a":"Needle"}"#])
        let shell = try Shell(folder.file())
        #expect(shell.rows(query) == [[#"{"a":"Needle"}"#]])
        #expect(shell.rows("EXPLAIN QUERY PLAN " + query).first?.last?.contains("VIRTUAL TABLE INDEX 0:L0") == true)
    }
}
