import TestSupport
import Testing
import Traffic
import TrafficStore

/// A filter means the same to SQL, on what is stored, as to the predicate, on what is seen.
@Suite(.timeLimit(.minutes(5)))
struct FilterAgreementTests {
    @Test(arguments: 0..<10) func `SQL selects what the predicate selects`(seed: Int) throws {
        let folder = try TemporaryFolder()
        try Plan.record(seed: seed, to: folder.database)
        let reader = try CaptureReader(path: folder.database)
        var random = SeededGenerator(seed)
        var hits = 0
        for session in try reader.sessions().map(\.row.id) {
            let subjects = try StoredSubjects(reader, session: session)
            let facts = subjects.all.sorted { ($0.key.what.rawValue, $0.key.row) < ($1.key.what.rawValue, $1.key.row) }
            for _ in 0..<30 {
                let filter = Filter(.random(about: facts.map(\.value), depth: 3, using: &random))
                let expected = subjects.selected(by: filter)
                let found = try StoredSubjects.stored(reader, session: session, filter: filter)
                #expect(found == expected, "\(filter): \(found.symmetricDifference(expected))")
                #expect(try reader.sessions([session], matching: filter) == (expected.isEmpty ? [] : [session]))
                if !expected.isEmpty, expected.count < subjects.all.count { hits += 1 }
            }
            #expect(try StoredSubjects.stored(reader, session: session, filter: .everything) == Set(facts.map(\.key)))
        }
        #expect(hits > 20)
    }

    @Test func `SQLite takes the largest filters that can be written`() throws {
        let folder = try TemporaryFolder()
        try Plan.record(seed: 1, to: folder.database)
        let reader = try CaptureReader(path: folder.database)
        let session = try #require(try reader.sessions().first?.row.id)
        let subjects = try StoredSubjects(reader, session: session)
        let terms = (0..<Filter.termLimit).map { "id:\($0)" }
        var nested = "text:a"
        for level in 0..<Filter.depthLimit {
            nested = level % 2 == 0 ? "(\(nested) | session:x dir:s2c)" : "(id:1 | tool:a \(nested))"
        }
        let negated = String(repeating: "!", count: Filter.depthLimit) + "silence>1us"
        for text in [terms.joined(separator: " | "), "!(" + terms.joined(separator: " ") + ")", nested, negated] {
            let filter = try Filter(text)
            #expect(
                try StoredSubjects.stored(reader, session: session, filter: filter) == subjects.selected(by: filter))
        }
    }

    @Test(arguments: 0..<5) func `keys are in the order of time and heartbeats are joined as long as they follow`(
        seed: Int
    ) throws {
        let folder = try TemporaryFolder()
        try Plan.record(seed: seed, to: folder.database)
        let reader = try CaptureReader(path: folder.database)
        for session in try reader.sessions().map(\.row.id) {
            func keys(joined: Bool) throws -> [TimelineKeys.Key] {
                let keys = try TimelineKeys(reader, session: session, matching: .everything, joinsPings: true)
                try keys.arrange(joinsHeartbeats: joined)
                let all = try keys.next(.max)
                #expect(Int64(all.count) == keys.count)
                #expect(keys.lastNs == all.last?.atNs)
                #expect(try keys.next(1).isEmpty)
                return all
            }
            let all = try keys(joined: false)
            #expect(zip(all, all.dropFirst()).allSatisfy { ($0.atNs, $0.what.rawValue) <= ($1.atNs, $1.what.rawValue) })
            #expect(try keys(joined: true) == Self.joined(all))
        }
    }

    private static func joined(_ keys: [TimelineKeys.Key]) -> [TimelineKeys.Key] {
        var found: [TimelineKeys.Key] = []
        var runs: [Int64: Int] = [:]
        for key in keys {
            guard let exchange = key.exchange else {
                found.append(key)
                continue
            }
            if let beat = key.beat, let place = runs[exchange], found[place].beat == beat {
                found[place].count += 1
                found[place].lastRow = key.row
                found[place].lastNs = key.atNs
                continue
            }
            runs[exchange] = key.beat == nil ? nil : found.count
            found.append(key)
        }
        return found
    }
}
