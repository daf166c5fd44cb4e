import Traffic

/// The names `<base>/<n>` of sessions, unique in the database.
///
/// To be used within the transaction that writes the sessions, so that two recorders on one file cannot choose the
/// same number; `forget` what was given where that transaction did not come about.
struct SessionNames {
    struct Name: Hashable {
        var base: String
        var number: Int64
        var text: String { "\(base)/\(number)" }
    }

    private var names: [Int64: Name]
    /// What the sessions named in this transaction had before it.
    private var previous: [Int64: Name?] = [:]
    /// The highest number among the kept names of a base, whose rows may not be there.
    private let reserved: [String: Int64]
    private let highest: Statement
    private let assign: Statement

    /// `kept`: names that sessions had in an earlier life of their rows, by session id.
    init(_ connection: Connection, kept: [Int64: Name] = [:]) throws(StoreFailure) {
        names = kept
        reserved = kept.values.reduce(into: [:]) { $0[$1.base] = max($0[$1.base] ?? 0, $1.number) }
        highest = try connection.prepare("SELECT max(name_number) FROM sessions WHERE name_base = ?")
        assign = try connection.prepare("UPDATE sessions SET name = ?, name_base = ?, name_number = ? WHERE id = ?")
    }

    /// Names a session whose row was just written. Returns its name where it is a new one.
    mutating func name(_ session: SessionRow) throws(StoreFailure) -> String? {
        guard let base = session.nameBase else { return nil }
        let known = names[session.id]
        if let known, known.base == base { return nil }
        let name = Name(base: base, number: try lastNumber(of: base) + 1)
        if previous[session.id] == nil { previous.updateValue(known, forKey: session.id) }
        names[session.id] = name
        try give(name, to: session.id)
        return name.text
    }

    private func lastNumber(of base: String) throws(StoreFailure) -> Int64 {
        defer { highest.reset() }
        highest.put(base)
        let stored = try highest.step() ? highest.takeOptionalInteger() ?? 0 : 0
        return max(stored, reserved[base] ?? 0)
    }

    /// Gives a session that was kept its name again.
    func restore(_ session: SessionRow) throws(StoreFailure) {
        guard let known = names[session.id], known.base == session.nameBase else { return }
        try give(known, to: session.id)
    }

    private func give(_ name: Name, to session: Int64) throws(StoreFailure) {
        assign.put(name.text)
        assign.put(name.base)
        assign.put(name.number)
        assign.put(session)
        try assign.run()
    }

    /// The transaction was committed: what was given stands.
    mutating func settle() { previous.removeAll(keepingCapacity: true) }

    /// The transaction was rolled back: what was given in it is free again.
    mutating func forget() {
        for (id, name) in previous { names[id] = name }
        settle()
    }
}
