import WireFormats

/// Goes through the values of a message that are no containers, those within JSON in strings too.
///
/// The way to a value is kept on a stack, and made a path only by who wants one.
struct LeafWalk {
    private(set) var way: [JSONPath.Part] = []

    var path: JSONPath { JSONPath(way) }

    /// The last key on the way, whatever elements of arrays lie behind it.
    var name: String {
        for part in way.reversed() {
            if case .key(let key) = part { return key }
        }
        return ""
    }

    mutating func visit(_ value: JSONTree, _ body: (LeafWalk, JSONTree) -> Void) {
        switch value {
        case .object(let members):
            for member in members { step(.key(member.key), member.value, body) }
        case .array(let elements):
            for (index, element) in elements.enumerated() { step(.index(index), element, body) }
        case .string:
            if let inner = value.inner { step(.text, inner, body) } else { body(self, value) }
        case .number: body(self, value)
        case .null, .bool: break
        }
    }

    mutating func step(_ part: JSONPath.Part, _ value: JSONTree, _ body: (LeafWalk, JSONTree) -> Void) {
        way.append(part)
        visit(value, body)
        way.removeLast()
    }
}
