import WireFormats

/// Decides what of a request head changes on its way to the upstream, or that the request goes no further.
struct RequestEditor {
    enum Verdict {
        /// Forward; `host` is where the value of `Host` (its first) is, to be replaced by the upstream's authority.
        case forward(host: Range<Int>?, edits: HeadEdits)
        case refuse(OwnAnswer)
    }

    /// The upstream's authority, for `Host`.
    let authority: [UInt8]
    private let added: [(name: String, line: [UInt8], value: String)]

    init(configuration: ForwarderConfiguration) {
        authority = Array(configuration.upstream.authority.utf8)
        added = configuration.upstreamHeaders.map {
            ($0.name.lowercased(), Array("\($0.name): \($0.value)\r\n".utf8), $0.value)
        }
    }

    func verdict(_ view: HeadView) -> Verdict {
        var host: Range<Int>?
        var isPlain = added.isEmpty
        for index in 0..<view.head.fieldCount {
            let field = view.head.field(index)
            if field.name.count == 4, host == nil, view.isNamed(field, "host") {
                host = field.value
            } else if HopByHop.concerns(view, field) {
                isPlain = false
            }
        }
        if view.head.method == .connect { return .refuse(.connectRefused) }
        let first = view.bytes[view.head.targetRange.lowerBound]
        if isPlain, first == UInt8(ascii: "/") || first == UInt8(ascii: "*") {
            return .forward(host: host, edits: HeadEdits())
        }
        return verdictOfUnusual(view, host: host)
    }

    private func verdictOfUnusual(_ view: HeadView, host: Range<Int>?) -> Verdict {
        var edits = HeadEdits()
        var isRefused = false
        view.head.forEachField { field in
            guard view.isNamed(field, "upgrade") else { return }
            let names = view.elements(field.value)
            if !names.allSatisfy({ view.equalsIgnoringCase($0, "h2c") }) { isRefused = true }
        }
        if isRefused { return .refuse(.upgradeRefused) }
        HopByHop.remove(view, place: .request, edits: &edits)
        addFields(view, edits: &edits)
        return .forward(host: host, edits: edits)
    }

    private func addFields(_ view: HeadView, edits: inout HeadEdits) {
        guard !added.isEmpty else { return }
        var lines: [UInt8] = []
        for field in added {
            var previous: String?
            view.head.forEachField { existing in
                guard view.lowercasedText(existing.name) == field.name else { return }
                let line = view.line(existing)
                if !edits.replacements.contains(where: { $0.range.overlaps(line) }) { edits.replace(line, with: []) }
                previous = view.text(existing.value)
            }
            lines += field.line
            edits.note(TapEdit(.request, field.name, from: previous, to: field.value))
        }
        let end = view.bytes.count - 2
        edits.replace(end..<end, with: lines)
    }

    /// Where the authority of an absolute request target is, and the range to cut so that its path remains; nil for
    /// other forms (`RFC 9112 §3.2.2`).
    static func absoluteTarget(_ view: HeadView) -> (authority: Range<Int>, cut: Range<Int>)? {
        let target = view.head.targetRange
        let scheme: Int
        if view.startsIgnoringCase(target, "http://") {
            scheme = 7
        } else if view.startsIgnoringCase(target, "https://") {
            scheme = 8
        } else {
            return nil
        }
        let start = target.lowerBound + scheme
        var end = start
        while end < target.upperBound, view.bytes[end] != UInt8(ascii: "/"), view.bytes[end] != UInt8(ascii: "?") {
            end += 1
        }
        return (start..<end, target.lowerBound..<end)
    }
}
