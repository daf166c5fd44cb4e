import Foundation
import Testing

/// Our server, and clients that we did not write.
@Suite("Our server and real clients", .serialized, .timeLimit(.minutes(3)))
struct VisitTests {
    @Test("Every client sees all that the server offers, in every dialect that both speak", arguments: Visit.all)
    func visit(visit: Visit) async throws {
        let installation = try Installation.find()
        let folder = FileManager.default.temporaryDirectory.appending(path: "visit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }

        let cuts = visit.without.contains("cuts") ? [] : Visit.cuts
        let (saw, uncut) = try await TourServer(dialects: visit.served).serve { port in
            try await Relay.run(to: port, cutting: cuts) { port, relay in
                (try await visit.take(port: port, installation, in: folder), relay.remaining)
            }
        }
        #expect(uncut == [], "a connection that was to be cut never was")
        let expected = ExpectedVisit(visit).lines
        #expect(saw.map(\.step) == expected.map(\.step))
        for (expected, saw) in zip(expected, saw) where !saw.saw.equals(expected.saw) {
            Issue.record("\(saw.step): the client saw \(saw.saw) instead of \(expected.saw)")
        }
    }
}
