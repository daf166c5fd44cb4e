/// A JSON value whose numbers keep their digits and whose objects keep the order of their members, so that writing what
/// was read changes nothing but white space and escapes. (RFC 8259)
///
/// Equality is that of what is meant: numbers by value, objects whatever the order of their members. Of members with the
/// same key the last one counts.
package indirect enum JSONTree: Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONTree])
    case object([Member])

    package struct Member: Sendable, Hashable {
        package var key: String
        package var value: JSONTree

        package init(_ key: String, _ value: JSONTree) {
            self.key = key
            self.value = value
        }
    }

    /// Values nest on the call stack, and the text comes from a peer.
    static let maximumDepth = 256

    /// Reads one JSON text that fills `bytes`, white space around it aside. Nil: it is none, or nests deeper than 256
    /// levels.
    package init?(_ bytes: [UInt8]) {
        let tree = bytes.withUnsafeBytes { buffer -> JSONTree? in
            guard var cursor = JSONCursor(buffer), let tree = Self.value(&cursor, depth: 0), cursor.isAtEnd() else {
                return nil
            }
            return tree
        }
        guard let tree else { return nil }
        self = tree
    }

    package init?(_ text: String) { self.init(Array(text.utf8)) }
}

extension JSONTree {
    /// The member of this key of an object.
    package subscript(key: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    /// The element at this place of an array.
    package subscript(index: Int) -> JSONTree? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// A whole number that fits.
    package var int: Int? {
        if case .number(let value) = self { value.int } else { nil }
    }

    package var elements: [JSONTree]? {
        if case .array(let value) = self { value } else { nil }
    }

    package var members: [Member]? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The JSON that a string holds, where that is an object or an array.
    package var inner: JSONTree? {
        guard case .string(let text) = self, let first = text.utf8.first(where: { $0 > 0x20 }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return nil }
        return JSONTree(text)
    }

    /// Sets the member of an object: in its place where there is one of this key, else at the end; nil takes it out.
    /// Nothing happens to other values.
    package mutating func set(_ key: String, _ value: JSONTree?) {
        guard case .object(var members) = self else { return }
        if let index = members.lastIndex(where: { $0.key == key }) {
            if let value { members[index].value = value } else { members.remove(at: index) }
        } else if let value {
            members.append(Member(key, value))
        }
        self = .object(members)
    }
}

extension JSONTree: Hashable {
    package static func == (left: JSONTree, right: JSONTree) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): areEqual(left, right)
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let value): for byte in value.utf8 { hasher.combine(byte) }
        case .array(let elements): hasher.combine(elements)
        case .object(let members): hasher.combine(Self.byKey(members))
        }
    }

    /// Each value is compared once at most, so that it takes no longer the deeper they nest.
    private static func areEqual(_ left: [Member], _ right: [Member]) -> Bool {
        guard left.count == right.count, zip(left, right).allSatisfy({ $0.key == $1.key }) else {
            return byKey(left) == byKey(right)
        }
        return left.indices.allSatisfy { index in
            left[index].value == right[index].value
                // One that is not the last of its key does not count.
                || left[(index + 1)...].contains { $0.key == left[index].key }
        }
    }

    private static func byKey(_ members: [Member]) -> [String: JSONTree] {
        Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }
}
