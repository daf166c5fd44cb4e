/// Matches URIs against a template whose expressions are `{name}` (RFC 6570 level 1).
///
/// An expression stands for one or more characters, none of them `/`, `?` or `#`, and ends at the first place where the
/// literal that follows it begins.
struct URITemplate: Sendable, Hashable {
    private enum Piece: Sendable, Hashable {
        case literal(String)
        case variable(String)
    }

    private let pieces: [Piece]

    init(_ template: String) {
        var pieces: [Piece] = []
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { pieces.append(.literal(String(rest[..<open]))) }
            pieces.append(.variable(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.literal(String(rest))) }
        self.pieces = pieces
    }

    /// The values of the variables, or nil when `uri` does not follow the template.
    func match(_ uri: String) -> [String: String]? {
        var values: [String: String] = [:]
        var rest = uri[...]
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .literal(let text):
                guard rest.hasPrefix(text) else { return nil }
                rest = rest.dropFirst(text.count)
            case .variable(let name):
                let value = self.value(in: rest, before: index + 1)
                guard !value.isEmpty else { return nil }
                values[name] = String(value)
                rest = rest[value.endIndex...]
            }
        }
        return rest.isEmpty ? values : nil
    }

    private func value(in rest: Substring, before next: Int) -> Substring {
        let segment = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard next < pieces.count, case .literal(let literal) = pieces[next] else { return segment }
        var end = segment.startIndex
        while end < segment.endIndex, !rest[end...].hasPrefix(literal) { end = segment.index(after: end) }
        return segment[..<end]
    }
}
