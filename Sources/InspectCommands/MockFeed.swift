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

    func ended() {
        let count = misses.load(ordering: .relaxed)
        if count > 0 { say("\(count) \(count == 1 ? "request was" : "requests were") not in the recording") }
    }

    private func say(_ text: String) {
        if !isQuiet { Terminal.line(text) }
    }
}
