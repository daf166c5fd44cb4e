import Recording
import Replaying
import Synchronization

/// What `mock` prints while it runs.
final class MockFeed: Sendable {
    private let isQuiet: Bool
    private let misses = Atomic<Int>(0)

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
    }

    func started(_ mock: Wiring.Mock, at address: ListenAddress) {
        say("serving \(mock.summary) at http://\(address)\(mock.path.visible)")
        for place in mock.places { say("  \(place.visible)") }
        say("  in \(mock.database.visible)")
        if let live = mock.live { say("  what is missing is asked of \(live.visible)") }
    }

    func note(_ notice: MockNotice) {
        switch notice {
        case .opened(let session): say("a client is given session \(session.visible)")
        case .missed(let text):
            misses.add(1, ordering: .relaxed)
            say("not in the recording: \(text.visible)")
        case .faulted(let fault, let method): say("fault \(fault.rawValue): \(method.visible)")
        }
    }

    /// - Parameter recorded: What was kept of a live server's answers.
    func ended(_ recorded: MissRecording.Outcome?) {
        let count = misses.load(ordering: .relaxed)
        if count > 0 { say("\(count) \(count == 1 ? "request was" : "requests were") not in the recording") }
        guard let recorded else { return }
        say("what was asked instead is kept as \(recorded.name.visible) in \(recorded.database.visible)")
        guard !recorded.isComplete else { return }
        Terminal.error("part of it could not be recorded; mcp-inspect problems \(recorded.name.visible) lists the gaps")
    }

    private func say(_ text: String) {
        if !isQuiet { Terminal.line(text) }
    }
}
