import Testing
import Traffic

struct RecordingInterruptedTests {
    private func facts(_ play: Play, session: Int64?, interrupted: Bool, name: String? = nil) -> SessionFacts {
        var facts = Rows(play).facts(session: session)
        facts.recording.interrupted = interrupted
        facts.recording.name = name
        return facts
    }

    @Test func `A recorder that did not end in order is told once, beside the sessions`() {
        let (play, _) = Play.called()
        let found = RecordingInterrupted.find(in: facts(play, session: nil, interrupted: true, name: "nightly"))
        #expect(found.map(\.severity) == [.warning])
        #expect(found.first?.text.hasPrefix("the recording nightly was interrupted: ") == true)
        #expect(found.first?.at == Play.start + 60 * Play.second)
        #expect(RecordingInterrupted.find(in: facts(play, session: 1, interrupted: true)).isEmpty)
    }

    @Test func `One that ended, or still runs, is none`() {
        let (play, _) = Play.called()
        #expect(RecordingInterrupted.find(in: facts(play, session: nil, interrupted: false)).isEmpty)
        #expect(RecordingInterrupted.lines(play, session: nil, endedNs: nil).isEmpty)
    }
}
