import WireFormats

/// What was seen of one kind of call, of those that were to be made while it was measured.
package struct OperationFigures: Sendable, Equatable {
    package var sent = 0
    /// Whatever the answer says.
    package var answered = 0
    /// Answers that are JSON-RPC errors.
    package var rpcErrors = 0
    /// Results that say `isError`.
    package var toolErrors = 0
    /// Answers that were held against what they must be, and those of them that were something else.
    package var checked = 0
    package var wrong = 0
    /// No answer, for whatever reason; why is among the troubles.
    package var failed = 0
    /// Of those: no answer in time.
    package var timedOut = 0
    /// Calls that still waited when the run was ended before its time.
    package var abandoned = 0

    /// From when the call was to be made until its answer was there: what somebody who waits sees.
    package var answer = Histogram()
    /// From when the request was sent until its answer was there: less than `answer` where calls had to wait here.
    package var service = Histogram()
    /// From when the request was sent to the head of its response.
    package var status = Histogram()
    /// To the first byte of the event stream that is its response.
    package var firstEvent = Histogram()

    package init() {}

    /// Answers that are neither errors nor wrong.
    package var good: Int { answered - rpcErrors - toolErrors - wrong }
    package var bad: Int { rpcErrors + toolErrors + wrong + failed }

    /// Takes an answer into account.
    mutating func count(_ envelope: JSONRPCEnvelope, _ check: AnswerCheck, answer time: Int64, service: Int64) {
        answered += 1
        if envelope.kind == .error { rpcErrors += 1 } else if envelope.isErrorResult { toolErrors += 1 }
        if check != .unchecked { checked += 1 }
        if check == .wrong { wrong += 1 }
        answer.record(time)
        self.service.record(service)
    }

    package mutating func merge(_ other: OperationFigures) {
        sent += other.sent
        answered += other.answered
        rpcErrors += other.rpcErrors
        toolErrors += other.toolErrors
        checked += other.checked
        wrong += other.wrong
        failed += other.failed
        timedOut += other.timedOut
        abandoned += other.abandoned
        answer.merge(other.answer)
        service.merge(other.service)
        status.merge(other.status)
        firstEvent.merge(other.firstEvent)
    }
}
