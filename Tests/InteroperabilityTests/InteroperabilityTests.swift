import Foundation
import Testing

/// Real MCP software that is not ours, with our recorder in between.
///
/// Each cell runs its server, lets the official client take the same tour twice, direct and through
/// `mcp-inspect record`, and then reads the capture with the `sqlite3` program. `Python/setup.sh` makes the
/// environment that it needs; `make test` runs that first.
@Suite("Real clients and servers", .serialized, .timeLimit(.minutes(3)))
struct InteroperabilityTests {
    @Test("A recorded conversation is the same as a direct one, and all of it is in the capture", arguments: Cell.all)
    func recordedConversation(cell: Cell) async throws {
        let installation = try Installation.find()
        let folder = FileManager.default.temporaryDirectory.appending(path: "interoperability-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }

        let tour = try await RecordedTour.take(cell, installation, in: folder)
        report("The recorded tour differs from the direct one", tour.direct.differences(from: tour.recorded))
        let audit = try CaptureAudit(tour, of: cell)
        report("The capture is not sound", audit.file())
        report("Exchanges differ", try audit.exchanges())
        report("Exchanges are out of order", audit.order())
        report("Event streams differ", audit.streams())
        report("Messages differ", audit.messages())
        report("Calls differ", audit.calls())
        report("Sessions differ", audit.sessions())
        report("Dialects differ", audit.dialects())
    }

    private func report(_ what: String, _ problems: [String], _ location: SourceLocation = #_sourceLocation) {
        guard !problems.isEmpty else { return }
        let shown = problems.prefix(12).joined(separator: "\n")
        Issue.record("\(what) (\(problems.count)):\n\(shown)", sourceLocation: location)
    }
}
