/// One stream for all listeners beside POSTs that are answered in their own responses. Ours; no revision of MCP has it.
enum BroadcastDialect {
    static let traits = DialectTraits(
        hasHandshake: true, answersOnStream: false, cancelsByClosing: false, resumes: true, listening: .byGet)
}
