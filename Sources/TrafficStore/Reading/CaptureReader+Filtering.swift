import Traffic

extension CaptureReader {
    /// Those of the sessions in which the filter selects anything.
    package func sessions(_ ids: [Int64], matching filter: Filter) throws(StoreFailure) -> [Int64] {
        guard !filter.selectsEverything else { return ids }
        wantIndexes()
        var found: [Int64] = []
        for id in ids where try hasMatch(filter, session: id) { found.append(id) }
        return found
    }

    private func hasMatch(_ filter: Filter, session: Int64) throws(StoreFailure) -> Bool {
        let kinds: [FilterFacts] = [
            .messages(ofSession: session), .exchanges(ofSession: session), .blocks(ofSession: session),
            .gaps(ofSession: session), .end(ofSession: session),
        ]
        for facts in kinds {
            let selected = filter.condition(over: facts)
            let statement = try connection.prepare(
                "SELECT 1 FROM \(facts.source) WHERE \(facts.scope) AND \(selected.sql) LIMIT 1")
            for argument in selected.arguments { statement.put(argument) }
            if try statement.step() { return true }
        }
        return false
    }
}
