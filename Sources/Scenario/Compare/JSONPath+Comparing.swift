import WireFormats

extension JSONPath {
    /// The keys on the way, without indexes.
    var keys: [String] {
        parts.compactMap { part in
            guard case .key(let key) = part else { return nil }
            return key
        }
    }

    /// Whether it leads to a member, not to an element or into a text.
    var endsWithKey: Bool {
        guard case .key? = parts.last else { return false }
        return true
    }
}
