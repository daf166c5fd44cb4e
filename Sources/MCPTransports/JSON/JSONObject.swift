/// The members of a JSON object in their order.
///
/// A lookup walks the members, which for the small objects of MCP is faster than hashing. Of members with the same name in
/// a parsed text all are kept and the last one counts. Two objects are equal when they map the same names to the same
/// values, in whatever order.
public struct JSONObject: Sendable {
    /// One name and its value.
    public struct Member: Sendable, Hashable {
        /// The name.
        public var key: String
        /// What it maps to.
        public var value: JSONValue
    }

    /// All members in order.
    public private(set) var members: [Member] = []

    /// An object without members.
    public init() {}

    /// The given members in order.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        self.members = members.map { Member(key: $0.0, value: $0.1) }
    }

    /// The value of `key`. Setting replaces the value in its place or appends a member; setting nil removes it.
    public subscript(key: String) -> JSONValue? {
        get { members.last { $0.key == key }?.value }
        set {
            guard let newValue else {
                members.removeAll { $0.key == key }
                return
            }
            if let index = members.lastIndex(where: { $0.key == key }) {
                members[index].value = newValue
            } else {
                members.append(Member(key: key, value: newValue))
            }
        }
    }

    /// The number of members.
    public var count: Int { members.count }

    /// Whether there is no member.
    public var isEmpty: Bool { members.isEmpty }

    /// Appends without looking for the name: for a parser, which must not take quadratic time on hostile input.
    mutating func append(_ key: String, _ value: JSONValue) {
        members.append(Member(key: key, value: value))
    }

    private var dictionary: [String: JSONValue] {
        Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }
}

extension JSONObject: Hashable {
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members == right.members || left.dictionary == right.dictionary
    }

    public func hash(into hasher: inout Hasher) {
        dictionary.hash(into: &hasher)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}
