extension Filter {
    /// A name in which `*` stands for any text, also for none.
    package struct Pattern: Sendable, Hashable {
        /// What stands between the stars: one more than there are stars.
        package var pieces: [String]

        package init(pieces: [String]) { self.pieces = pieces.isEmpty ? [""] : pieces }

        /// Exactly this text.
        package init(_ text: String) { pieces = [text] }

        package var hasStars: Bool { pieces.count > 1 }

        /// Whether it is the whole name. Bytes are compared, as SQLite does; for stars a name ends at its first NUL.
        package func matches(_ name: String) -> Bool {
            guard let first = pieces.first, let last = pieces.last, hasStars else { return isEqual(name) }
            var rest = Array(name.utf8.prefix { $0 != 0 })[...]
            guard rest.starts(with: first.utf8) else { return false }
            rest = rest.dropFirst(first.utf8.count)
            for piece in pieces.dropFirst().dropLast() {
                guard let end = rest.end(of: Array(piece.utf8)) else { return false }
                rest = rest[end...]
            }
            return rest.count >= last.utf8.count && rest.suffix(last.utf8.count).elementsEqual(last.utf8)
        }

        /// Whether it is the name, or the name up to one of its slashes.
        package func matchesPath(_ name: String) -> Bool { matches(name) || below.matches(name) }

        /// All that stands below it: `tools` gives `tools/*`.
        package var below: Pattern {
            Pattern(pieces: pieces.dropLast() + [(pieces.last ?? "") + "/", ""])
        }

        private func isEqual(_ name: String) -> Bool { name.utf8.elementsEqual(pieces[0].utf8) }
    }
}

extension ArraySlice<UInt8> {
    /// Where the first occurrence of `piece` ends.
    fileprivate func end(of piece: [UInt8]) -> Int? {
        var start = startIndex
        while start + piece.count <= endIndex {
            if self[start...].starts(with: piece) { return start + piece.count }
            start += 1
        }
        return nil
    }
}
