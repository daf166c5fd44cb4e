import WireFormats

/// What clients call. A pure function of the client and of how many calls it made, so that a run can be made again, and an
/// answer be checked without keeping what was asked.
///
/// It is asked on every thread, for every call: what it does should be quick and allocate nothing.
package protocol Workload: Sendable {
    /// What is called, in the order of their indices elsewhere. Never changes.
    var operations: [LoadOperation] { get }
    /// Appends the JSON text of the call's `params`, an object, and gives the index of its operation.
    func write(_ turn: LoadTurn, to params: inout [UInt8]) -> Int
    /// Whether an answer without error is right. `result` is its JSON text.
    func check(_ turn: LoadTurn, operation: Int, result: RawSpan) -> AnswerCheck
}

/// One call of one client.
package struct LoadTurn: Sendable, Hashable {
    /// Counts from 0 over all clients of the run.
    package var client: Int
    /// Counts from 1; it is the id of the request as well.
    package var iteration: Int

    package init(client: Int, iteration: Int) {
        self.client = client
        self.iteration = iteration
    }
}

/// A kind of call that is measured for itself.
package struct LoadOperation: Sendable, Hashable {
    package var method: String
    /// The tool, prompt or resource; nil where the method says it all.
    package var name: String?

    package init(method: String, name: String? = nil) {
        self.method = method
        self.name = name
    }

    /// `tools/list`, `tool:echo`
    package var label: String {
        guard let name else { return method }
        return method == "tools/call" ? "tool:\(name)" : "\(method):\(name)"
    }
}

/// What is known of an answer.
package enum AnswerCheck: Sendable, Hashable {
    /// There is nothing to hold it against.
    case unchecked
    case right
    case wrong
}
