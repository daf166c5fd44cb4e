/// The recorder did not end in order: it was killed, or the machine stopped. What was said in the last moments, and what
/// became of what was open then, is not in the capture.
package enum RecordingInterrupted: ProblemKind {
    package static let name = "recording-interrupted"
    package static let severity = Problem.Severity.warning

    package static func find(in facts: SessionFacts) -> [Problem] {
        guard facts.session == nil, facts.recording.interrupted else { return [] }
        let name = facts.recording.name.map { " \($0)" } ?? ""
        return [
            problem(
                facts, at: facts.recording.endedNs ?? facts.recording.startedNs,
                "the recording\(name) was interrupted: its recorder did not end in order, so that the last that was said "
                    + "may be missing, and what was open then has no end")
        ]
    }
}
