/// What a test should fail with: a client did not do what the script of a ``ScriptedServer`` says.
public struct ScriptedServerFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence for each thing.
    public let sentences: [String]

    init(_ sentences: String...) { self.sentences = sentences }
    init(sentences: [String]) { self.sentences = sentences }

    /// The sentences, one a line.
    public var description: String { sentences.joined(separator: "\n") }
}
