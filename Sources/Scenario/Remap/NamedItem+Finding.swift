import WireFormats

extension NamedItem {
    /// Members that say which element of a list one is, the best first.
    private static let keys = ["name", "id", "uri", "uriTemplate", "key", "slug", "title"]

    /// Those on the way of a path through a recorded answer. An element is called by a member that no other of its list
    /// shares, and that is not itself what is looked for.
    static func all(along path: JSONPath, in answer: JSONTree, but value: JSONTree) -> [NamedItem] {
        var found: [NamedItem] = []
        var here: JSONTree? = answer
        for (depth, part) in path.parts.enumerated() {
            if case .index(let index) = part, let list = here?.elements, list.indices.contains(index),
                let item = named(list, index, depth, but: value)
            {
                found.append(item)
            }
            here = here?.value(at: JSONPath([part]))
        }
        return found
    }

    private static func named(_ list: [JSONTree], _ index: Int, _ depth: Int, but value: JSONTree) -> NamedItem? {
        for key in keys {
            guard let name = list[index][key], name.isName, name != value,
                list.count(where: { $0[key] == name }) == 1
            else { continue }
            return NamedItem(depth: depth, key: key, name: name)
        }
        return nil
    }

    /// Where the path leads in a live answer: to the elements that are called as they were, whatever their places.
    static func path(_ path: JSONPath, of items: [NamedItem], in answer: JSONTree) -> JSONPath {
        guard !items.isEmpty else { return path }
        var parts = path.parts
        for item in items {
            let list = answer.value(at: JSONPath(Array(parts[..<item.depth])))?.elements
            guard let index = list?.firstIndex(where: { $0[item.key] == item.name }) else { continue }
            parts[item.depth] = .index(index)
        }
        return JSONPath(parts)
    }
}

extension JSONTree {
    fileprivate var isName: Bool {
        switch self {
        case .string(let text): !text.isEmpty
        case .number: true
        case .null, .bool, .array, .object: false
        }
    }
}
