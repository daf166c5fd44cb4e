/// Collects how one thing differs from what was expected of it.
struct Comparison {
    private let subject: String
    private(set) var problems: [String] = []

    init(of subject: String) { self.subject = subject }

    mutating func note(_ problem: String) { problems.append("\(subject): \(problem)") }

    mutating func equal<Value: Equatable>(_ what: String, _ expected: Value, _ found: Value) {
        guard expected != found else { return }
        note("\(what) is \(Self.short(found)), not \(Self.short(expected))")
    }

    /// Who ended it. A client that left once it had its answer says nothing about what came after.
    mutating func end(_ exchange: Expectations.Exchange, _ found: Capture.Exchange) {
        if exchange.leftAfterAnswer { return }
        equal("ended_by", exchange.endedBy ?? "nobody", found.endedBy ?? "nobody")
        if exchange.endedBy == "server" { equal("end_reason", "complete", found.endReason ?? "none") }
    }

    private static func short<Value>(_ value: Value) -> String {
        let text = String(describing: value)
        return text.count <= 300 ? text : "\(text.prefix(300))… [\(text.count) characters]"
    }
}
