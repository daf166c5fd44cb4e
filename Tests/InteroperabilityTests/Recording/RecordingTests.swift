import Testing

// Real MCP software that is not ours, with our recorder in between.
//
// Each cell runs its server, lets a client take the same tour twice, direct and through `mcp-inspect record`, and then
// reads the capture with the `sqlite3` program. `Python/setup.sh` makes the environments that it needs; `make test`
// runs that first. The suites run beside each other, since most of a tour is waiting.

@Suite("Recording of clients of SDK 1", .serialized, .timeLimit(.minutes(3)))
struct RecordedClientsOfSDK1 {
    @Test("A recorded conversation is the same as a direct one", arguments: Cell.ofSDK1Clients)
    func conversation(cell: Cell) async throws { try await RecordedConversation.check(cell) }
}

@Suite("Recording of newer clients", .serialized, .timeLimit(.minutes(3)))
struct RecordedNewerClients {
    @Test("A recorded conversation is the same as a direct one", arguments: Cell.ofNewerClients)
    func conversation(cell: Cell) async throws { try await RecordedConversation.check(cell) }
}

@Suite("Recording without sessions", .serialized, .timeLimit(.minutes(3)))
struct RecordedStatelessClients {
    @Test("A recorded conversation is the same as a direct one", arguments: Cell.stateless)
    func conversation(cell: Cell) async throws { try await RecordedConversation.check(cell) }
}

@Suite("Recording over TLS", .serialized, .timeLimit(.minutes(3)))
struct RecordedOverTLS {
    @Test("A recorded conversation is the same as a direct one, whichever side speaks TLS", arguments: Cell.overTLS)
    func conversation(cell: Cell) async throws { try await RecordedConversation.check(cell, over: Legs.overTLS) }
}
