/// A call that waits for input from its owner before it is asked again (MCP 2026-07-28 basic/patterns/mrtr).
struct Round {
    let call: UInt32
    /// The request as its owner sent it, in a borrowed buffer.
    var request: [UInt8]
    /// How many times the server asked for input so far.
    var number = 0
    /// The JSON text of `requestState`; empty when the server gave none.
    var state: [UInt8] = []
    /// What was asked: the JSON text of each key.
    var keys: [[UInt8]] = []
    /// What was answered: the JSON text of each result, nil while it is missing.
    var answers: [[UInt8]?] = []

    var isComplete: Bool { answers.allSatisfy { $0 != nil } }
}
