import WireFormats

/// A value that the server gave and the client sent later: in its place the live one is sent.
package struct Link: Sendable, Hashable {
    /// Where the value was given. Paths lead through the whole message, from `$.result` or `$.error`.
    package enum Source: Sendable, Hashable {
        /// By the answer that opened the conversation.
        case handshake
        case step(Int)
    }

    package var from: Source
    package var fromPath: JSONPath
    /// Elements of lists on the way of `fromPath` that have a name: a live list is looked through for them first, and its
    /// place in the list counts only where the name is not there.
    package var fromItems: [NamedItem] = []
    /// Set where the value is a part of the string at `fromPath`.
    package var fromPart: TextPart?
    package var toStep: Int
    /// Leads through the request, from `$.params`.
    package var toPath: JSONPath
    /// Set where the value is a part of the string at `toPath`.
    package var toPart: TextPart?
    package var recordedValue: JSONTree
    /// Why it is taken for the server's, in words.
    package var reason: String

    package init(
        from: Source, fromPath: JSONPath, fromPart: TextPart? = nil, toStep: Int, toPath: JSONPath,
        toPart: TextPart? = nil, recordedValue: JSONTree, reason: String
    ) {
        self.from = from
        self.fromPath = fromPath
        self.fromPart = fromPart
        self.toStep = toStep
        self.toPath = toPath
        self.toPart = toPart
        self.recordedValue = recordedValue
        self.reason = reason
    }
}

/// An element of a list, by what it is called.
package struct NamedItem: Sendable, Hashable {
    /// How many parts of the path lead to the list.
    package var depth: Int
    package var key: String
    package var name: JSONTree

    package init(depth: Int, key: String, name: JSONTree) {
        self.depth = depth
        self.key = key
        self.name = name
    }
}

/// A piece of a text, by what stands around it.
package struct TextPart: Sendable, Hashable {
    /// What stands before it and behind it; the whole rest of the text.
    package var before: String
    package var behind: String

    package init(before: String, behind: String) {
        self.before = before
        self.behind = behind
    }
}
