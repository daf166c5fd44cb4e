import MCPTransports

extension JSONValue {
    /// Whether both say the same: numbers by value (1 and 1.0 are equal), objects whatever the order of their members.
    func equals(_ other: JSONValue) -> Bool {
        switch (self, other) {
        case (.array(let here), .array(let there)):
            here.count == there.count && zip(here, there).allSatisfy { $0.equals($1) }
        case (.object(let here), .object(let there)):
            here.count == there.count
                && here.members.allSatisfy { member in there[member.key]?.equals(member.value) ?? false }
        case (.integer, _), (.number, _):
            doubleValue == other.doubleValue
        default:
            self == other
        }
    }
}
