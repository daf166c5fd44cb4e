/// A place in a JSON value, or a pattern of places.
///
/// Its text is that of JSONPath (RFC 9535) as far as it goes, `$.result.content[0]['a key']`, with `*` and `[*]` for any
/// member or element and `..key` for a key at any depth, and an arrow of ours into JSON that is the text of a string:
/// `$.result.content[0].text→$.total`.
package struct JSONPath: Sendable, Hashable {
    package enum Part: Sendable, Hashable {
        case key(String)
        case index(Int)
        /// Into the JSON that a string holds.
        case text
        /// Any member of an object.
        case anyKey
        /// Any element of an array.
        case anyIndex
        /// This key at this depth or any below, also beyond arrows.
        case deep(String)
    }

    package var parts: [Part]

    package init(_ parts: [Part] = []) { self.parts = parts }

    package static let root = JSONPath()

    package func appending(_ part: Part) -> JSONPath { JSONPath(parts + [part]) }
    package func key(_ key: String) -> JSONPath { appending(.key(key)) }
    package func index(_ index: Int) -> JSONPath { appending(.index(index)) }

    /// Whether it names one place.
    package var isPlace: Bool {
        parts.allSatisfy { part in
            switch part {
            case .key, .index, .text: true
            case .anyKey, .anyIndex, .deep: false
            }
        }
    }

    /// Whether the place is one of this pattern's, or lies within one.
    package func covers(_ place: JSONPath) -> Bool { Self.covers(parts[...], place.parts[...]) }

    private static func covers(_ pattern: ArraySlice<Part>, _ place: ArraySlice<Part>) -> Bool {
        guard let first = pattern.first else { return true }
        guard let part = place.first else { return false }
        let isMatch =
            switch (first, part) {
            case (.anyKey, .key), (.anyIndex, .index): true
            case (.deep(let key), _): part == .key(key)
            default: first == part
            }
        if isMatch, covers(pattern.dropFirst(), place.dropFirst()) { return true }
        guard case .deep = first else { return false }
        return covers(pattern, place.dropFirst())
    }
}

extension JSONTree {
    /// The value at a place; nil where there is none, and for a pattern.
    package func value(at path: JSONPath) -> JSONTree? {
        var value = self
        for part in path.parts {
            let next: JSONTree? =
                switch part {
                case .key(let key): value[key]
                case .index(let index): value[index]
                case .text: value.inner
                case .anyKey, .anyIndex, .deep: nil
                }
            guard let next else { return nil }
            value = next
        }
        return value
    }

    /// The same with another value at a place, where there is one. JSON within a string is written anew.
    package func replacing(at path: JSONPath, with new: JSONTree) -> JSONTree {
        replacing(path.parts[...], new)
    }

    private func replacing(_ path: ArraySlice<JSONPath.Part>, _ new: JSONTree) -> JSONTree {
        guard let part = path.first else { return new }
        let rest = path.dropFirst()
        switch (part, self) {
        case (.key(let key), .object(var members)):
            guard let index = members.lastIndex(where: { $0.key == key }) else { return self }
            members[index].value = members[index].value.replacing(rest, new)
            return .object(members)
        case (.index(let index), .array(var elements)):
            guard elements.indices.contains(index) else { return self }
            elements[index] = elements[index].replacing(rest, new)
            return .array(elements)
        case (.text, .string):
            guard let inner else { return self }
            return .string(String(decoding: inner.replacing(rest, new).serialized(), as: UTF8.self))
        default: return self
        }
    }

    /// Every value that is no container, with its place; those within JSON in strings too, and then not the string.
    /// Empty containers count as values.
    package func forEachLeaf(_ body: (JSONPath, JSONTree) -> Void) { visit(.root, body) }

    private func visit(_ path: JSONPath, _ body: (JSONPath, JSONTree) -> Void) {
        switch self {
        case .object(let members) where !members.isEmpty:
            for member in members { member.value.visit(path.key(member.key), body) }
        case .array(let elements) where !elements.isEmpty:
            for (index, element) in elements.enumerated() { element.visit(path.index(index), body) }
        case .string:
            if let inner { inner.visit(path.appending(.text), body) } else { body(path, self) }
        default: body(path, self)
        }
    }
}
