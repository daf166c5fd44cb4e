import Foundation
import Testing

/// A recorded conversation is the same as a direct one, all of it is in the capture, and the capture serves it again.
enum RecordedConversation {
    /// Lets the cell's client take its tour, direct and through a recorder for each of `legs`, and looks at everything.
    static func check(_ cell: Cell, over legs: [Legs] = [.plain]) async throws {
        let installation = try Installation.find()
        let folder = FileManager.default.temporaryDirectory.appending(path: "interoperability-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for tour in try await RecordedTour.take(cell, over: legs, installation, in: folder) {
            try check(tour, of: cell)
        }
    }

    private static func check(_ tour: RecordedTour, of cell: Cell) throws {
        func report(_ what: String, _ problems: [String]) {
            guard !problems.isEmpty else { return }
            let shown = problems.prefix(12).joined(separator: "\n")
            Issue.record("\(cell.name), \(tour.legs): \(what) (\(problems.count)):\n\(shown)")
        }
        report("the recorded tour differs from the direct one", tour.direct.differences(from: tour.recorded))
        if let mocked = tour.mocked {
            report("the tour of the recording alone differs", tour.recorded.differences(from: mocked))
        }
        let audit = try CaptureAudit(tour, of: cell)
        report("the capture is not sound", audit.file())
        report("connections differ", audit.connections())
        report("exchanges differ", try audit.exchanges())
        report("exchanges are out of order", audit.order())
        report("event streams differ", audit.streams())
        report("messages differ", audit.messages())
        report("calls differ", audit.calls())
        report("sessions differ", audit.sessions())
        report("dialects differ", audit.dialects())
        report("requests do not say what they are", try audit.routing())
        report("subscriptions differ", audit.subscriptions())
    }
}
