import WireFormats

/// The fields that belong to one connection and that a proxy takes off, `RFC 9110 §7.6.1`.
///
/// `Connection: close` and `keep-alive` stay, because each client connection has an upstream connection of its own;
/// so does `TE: trailers`, because trailers pass unchanged.
enum HopByHop {
    /// Does the field line need `remove`? Quick, for every field of every head.
    @inline(__always)
    static func concerns(_ view: HeadView, _ field: HTTP1Head.Field) -> Bool {
        switch field.name.count {
        case 2: view.isNamed(field, "te") && !view.equalsIgnoringCase(field.value, "trailers")
        case 7: view.isNamed(field, "upgrade")
        case 10:
            view.isNamed(field, "connection") && !view.equalsIgnoringCase(field.value, "keep-alive")
                && !view.equalsIgnoringCase(field.value, "close")
        case 14: view.isNamed(field, "http2-settings")
        case 16: view.isNamed(field, "proxy-connection")
        default: false
        }
    }

    /// Takes them off, and the options that name them.
    static func remove(_ view: HeadView, place: TapEdit.Place, edits: inout HeadEdits) {
        var nominated: Set<String> = []
        view.head.forEachField { field in
            if view.isNamed(field, "connection") { nominated.formUnion(names(view, field)) }
        }
        view.head.forEachField { field in
            let name = view.lowercasedText(field.name)
            let isTrailersOnly = name == "te" && view.equalsIgnoringCase(field.value, "trailers")
            if name == "connection" {
                trimConnection(view, field, place: place, edits: &edits)
            } else if ["upgrade", "http2-settings", "proxy-connection", "te"].contains(name) && !isTrailersOnly
                || nominated.contains(name) && !isTrailersOnly
            {
                edits.replace(view.line(field), with: [])
                edits.note(TapEdit(place, name, from: view.text(field.value), to: nil))
            }
        }
    }

    /// What a `Connection` field names, without what frames and routes: a request that nominates those would
    /// otherwise change its own framing on the way.
    private static func names(_ view: HeadView, _ field: HTTP1Head.Field) -> [String] {
        view.elements(field.value).map(view.lowercasedText).filter {
            !["close", "keep-alive"].contains($0) && !FieldNames.isFraming($0)
        }
    }

    private static func trimConnection(
        _ view: HeadView, _ field: HTTP1Head.Field, place: TapEdit.Place, edits: inout HeadEdits
    ) {
        let kept = view.elements(field.value).filter {
            view.equalsIgnoringCase($0, "close") || view.equalsIgnoringCase($0, "keep-alive")
                || (view.equalsIgnoringCase($0, "te") && sendsTrailersOnly(view))
        }
        let value = kept.map(view.text).joined(separator: ", ")
        guard value != view.text(field.value) else { return }
        if kept.isEmpty {
            edits.replace(view.line(field), with: [])
        } else {
            edits.replace(field.value, with: Array(kept.map { Array(view.bytes[$0]) }.joined(separator: [0x2c, 0x20])))
        }
        edits.note(TapEdit(place, "connection", from: view.text(field.value), to: kept.isEmpty ? nil : value))
    }

    private static func sendsTrailersOnly(_ view: HeadView) -> Bool {
        var values: [Range<Int>] = []
        view.head.forEachField { if view.isNamed($0, "te") { values.append($0.value) } }
        return !values.isEmpty && values.allSatisfy { view.equalsIgnoringCase($0, "trailers") }
    }
}
