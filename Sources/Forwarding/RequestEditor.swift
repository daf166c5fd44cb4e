import WireFormats

/// Decides what of a request head changes on its way to the upstream, or that the request goes no further.
struct RequestEditor {
    enum Verdict {
        /// Forward; `host` is where the value of `Host` (its first) is, to be replaced by the upstream's authority.
        case forward(host: Range<Int>?, edits: HeadEdits, reads: Reading?)
        case refuse(OwnAnswer)
    }

    /// What the forwarder has to read in a response, which therefore must not come encoded.
    enum Reading {
        /// The event stream of `MCP 2024-11-05 transports`, whose first event may name the upstream.
        case endpoint
        /// A discovery document of OAuth.
        case metadata
    }

    /// The upstream's authority, for `Host`.
    let authority: [UInt8]
    private let added: [(name: String, line: [UInt8], value: String)]
    private let rewritesOAuth: Bool

    init(configuration: ForwarderConfiguration) {
        authority = Array(configuration.upstream.authority.utf8)
        rewritesOAuth = configuration.rewritesOAuth
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
        let reads = view.head.method == .get ? reading(view) : nil
        if isPlain, reads == nil, first == UInt8(ascii: "/") || first == UInt8(ascii: "*") {
            return .forward(host: host, edits: HeadEdits(), reads: nil)
        }
        return verdictOfUnusual(view, host: host, reads)
    }

    /// What has to be read in the response to a GET. A GET of a later revision carries its session and gets no
    /// `endpoint`.
    private func reading(_ view: HeadView) -> Reading? {
        if rewritesOAuth {
            let target = UnsafeRawBufferPointer(rebasing: view.bytes[view.head.targetRange])
            if OAuthMetadata.isTarget(target) { return .metadata }
        }
        var reads: Reading?
        for index in 0..<view.head.fieldCount {
            let field = view.head.field(index)
            if view.isNamed(field, "mcp-session-id") { return nil }
            guard view.isNamed(field, "accept") else { continue }
            let types = view.elements(field.value)
            if types.contains(where: { view.startsIgnoringCase($0, "text/event-stream") }) { reads = .endpoint }
        }
        return reads
    }

    /// Only what the forwarder reads has to come as it is; everything else keeps the encoding that the client asked for.
    private func askForIdentity(_ view: HeadView, edits: inout HeadEdits) {
        var isAsked = false
        view.head.forEachField { field in
            let line = view.line(field)
            guard view.isNamed(field, "accept-encoding"),
                !edits.replacements.contains(where: { $0.range.overlaps(line) })
            else { return }
            if !isAsked, view.equalsIgnoringCase(field.value, "identity") {
                isAsked = true
                return
            }
            if isAsked {
                edits.replace(line, with: [])
            } else {
                edits.replace(field.value, with: Array("identity".utf8))
            }
            edits.note(
                TapEdit(.request, "accept-encoding", from: view.text(field.value), to: isAsked ? nil : "identity"))
            isAsked = true
        }
    }

    private func verdictOfUnusual(_ view: HeadView, host: Range<Int>?, _ reads: Reading?) -> Verdict {
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
        if reads != nil { askForIdentity(view, edits: &edits) }
        return .forward(host: host, edits: edits, reads: reads)
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
