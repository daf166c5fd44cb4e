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
            messageFacts(ofSession: session, for: filter), .exchanges(ofSession: session), .blocks(ofSession: session),
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

extension CaptureReader {
    /// An exchange of which some content is selected.
    package struct SelectedContent: Sendable, Hashable {
        package var exchange: Int64
        /// Something that the client said.
        package var hasRequest: Bool
        /// Something that the server said.
        package var hasResponse: Bool
    }

    /// The exchanges in which the filter selects anything, in the order of their ids. What holds for an exchange as such
    /// is said of either direction.
    package func contents(
        ofSession session: Int64, matching filter: Filter, after: Int64 = 0, limit: Int
    ) throws(StoreFailure) -> [SelectedContent] {
        wantIndexes()
        let answers = FilterFacts.exchanges(ofSession: session)
        var questions = answers
        questions.direction = "'c2s'"
        let parts: [(id: String, facts: FilterFacts)] = [
            ("m.exchange_id", .messages(ofSession: session)), ("e.id", .blocks(ofSession: session)),
            ("e.id", answers), ("e.id", questions),
        ]
        var arguments: [StoredValue] = []
        let selects = parts.map { part in
            let selected = filter.condition(over: part.facts)
            arguments += selected.arguments
            return """
                SELECT \(part.id) AS exchange, \(part.facts.direction) AS direction FROM \(part.facts.source)
                WHERE \(part.facts.scope) AND \(part.id) > \(after) AND \(selected.sql)
                """
        }
        let statement = try connection.prepare(
            """
            SELECT exchange, max(direction = 'c2s'), max(direction = 's2c')
            FROM (\(selects.joined(separator: "\nUNION ALL\n"))) GROUP BY exchange ORDER BY exchange LIMIT \(limit)
            """)
        for argument in arguments { statement.put(argument) }
        var found: [SelectedContent] = []
        while try statement.step() {
            found.append(
                SelectedContent(
                    exchange: statement.takeInteger(), hasRequest: statement.takeInteger() != 0,
                    hasResponse: statement.takeInteger() != 0))
        }
        return found
    }
}
