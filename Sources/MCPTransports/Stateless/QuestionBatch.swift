/// Questions that were asked together, until all of them are answered.
struct QuestionBatch {
    let numbers: [Int]
    let continuation: CheckedContinuation<[JSONValue], any Error>
    private var answers: [Int: JSONValue] = [:]

    /// - Parameter continuation: Resumed with the answers in the order of `numbers`.
    init(numbers: [Int], continuation: CheckedContinuation<[JSONValue], any Error>) {
        self.numbers = numbers
        self.continuation = continuation
    }

    /// One answer. True when it was the last one, and whoever asked goes on.
    mutating func answer(_ number: Int, _ answer: JSONValue) -> Bool {
        answers[number] = answer
        let all = numbers.compactMap { answers[$0] }
        guard all.count == numbers.count else { return false }
        continuation.resume(returning: all)
        return true
    }
}
