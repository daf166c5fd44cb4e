import Conversation
import Testing

/// The network breaks, at every byte there is.
@Suite struct CutTests {
    @Test(arguments: Dialect.allCases)
    func `nothing is missing where nothing breaks`(dialect: Dialect) throws {
        let world = try World(dialect)
        try world.run()
        #expect(world.answers == Set(world.sent))
        #expect(world.changes.sorted() == world.server.changes)
        #expect(world.script.isOpen && world.invalid == 0)
    }

    @Test(arguments: Dialect.allCases, [ExchangeOutcome.cut, .complete])
    func `each call ends once, nothing comes twice, nothing is repeated, and it goes on`(
        dialect: Dialect, outcome: ExchangeOutcome
    ) throws {
        let whole = try World(dialect)
        try whole.run()
        #expect(whole.placeOfLast > 500)
        for place in 0..<whole.placeOfLast {
            let world = try World(dialect, cut: (place, outcome))
            try world.run()
            try check(world, "\(dialect) \(outcome) at \(place)")
        }
    }

    private func check(_ world: World, _ what: String) throws {
        let script = world.script
        try #require(world.wasCut, "\(what)")
        // Every call ends, once.
        #expect(world.sent.allSatisfy { world.ends[$0] == 1 }, "\(what): \(world.ends)\n\(tail(script))")
        #expect(world.ends.keys.allSatisfy { world.sent.contains($0) }, "\(what): \(world.ends)")
        #expect(script.pendingCalls <= 1, "\(what)")
        // No message is heard twice, no POST is repeated.
        #expect(Set(world.changes).count == world.changes.count, "\(what): \(world.changes)\n\(tail(script))")
        #expect(world.server.posts.allSatisfy { $0.value == 1 }, "\(what): \(world.server.posts)")
        // It is open, or was never.
        #expect(script.isOpen || script.isClosed && !world.wasOpen, "\(what)\n\(tail(script))")
        if script.isOpen { #expect(world.answers.contains("9"), "\(what)\n\(tail(script))") }
        if world.server.dialect == .streamable || world.server.dialect == .broadcast { checkRecovery(world, what) }
    }

    /// What could be asked for again was: all changes of the listening stream, and answers behind an id that was seen.
    private func checkRecovery(_ world: World, _ what: String) {
        guard world.script.isOpen else { return }
        let failures = world.script.lines.filter { $0.hasPrefix("failed") }
        #expect(failures.count <= 1, "\(what): \(failures)")
        if failures.isEmpty {
            #expect(world.changes.sorted() == world.server.changes, "\(what)\n\(tail(world.script))")
        }
    }

    private func tail(_ script: Script) -> String { script.lines.suffix(25).joined(separator: "\n") }
}
