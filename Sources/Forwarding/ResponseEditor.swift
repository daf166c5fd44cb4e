import WireFormats

/// Decides what of a response head changes on its way to the client.
struct ResponseEditor {
    let upstream: UpstreamOrigin

    /// What the head says that matters here, gathered in one pass.
    struct Findings {
        var location: Range<Int>?
        var challenges: [Range<Int>] = []
        var contentLength: Range<Int>?
        var isEventStream = false
        var isJSON = false
        var isEncoded = false
        /// The value of Content-Encoding.
        var encoding: Range<Int>?
        var hasHopByHop = false
    }

    func findings(_ view: HeadView) -> Findings {
        var found = Findings()
        for index in 0..<view.head.fieldCount {
            let field = view.head.field(index)
            switch field.name.count {
            case 8 where view.isNamed(field, "location"):
                found.location = field.value
            case 12 where view.isNamed(field, "content-type"):
                found.isEventStream = isType("text/event-stream", view, field.value)
                found.isJSON = isType("application/json", view, field.value)
            case 14 where view.isNamed(field, "content-length"):
                found.contentLength = field.value
            case 16 where view.isNamed(field, "content-encoding"):
                found.isEncoded = !view.equalsIgnoringCase(field.value, "identity")
                found.encoding = field.value
            case 16 where view.isNamed(field, "www-authenticate"):
                found.challenges.append(field.value)
            default:
                if HopByHop.concerns(view, field) { found.hasHopByHop = true }
            }
        }
        return found
    }

    /// The edits of the head; `ownOrigin` is that by which the client addressed the forwarder.
    func edits(_ view: HeadView, _ found: Findings, ownOrigin: () -> String) -> HeadEdits {
        var edits = HeadEdits()
        if found.hasHopByHop { HopByHop.remove(view, place: .response, edits: &edits) }
        if let location = found.location, let length = upstream.prefixLength(of: view.bytes[location]) {
            replaceOrigin(view, "location", location, at: location.lowerBound, length, ownOrigin(), &edits)
        }
        for challenge in found.challenges {
            guard let start = resourceMetadata(view, challenge) else { continue }
            let uri = view.bytes[start..<challenge.upperBound].prefix { $0 != UInt8(ascii: "\"") && $0 != 0x2c }
            guard let length = upstream.prefixLength(of: uri) else { continue }
            replaceOrigin(view, "www-authenticate", challenge, at: start, length, ownOrigin(), &edits)
        }
        return edits
    }

    private func replaceOrigin(
        _ view: HeadView, _ name: String, _ value: Range<Int>, at start: Int, _ length: Int, _ origin: String,
        _ edits: inout HeadEdits
    ) {
        edits.replace(start..<start + length, with: Array(origin.utf8))
        let before = view.text(value.lowerBound..<start)
        let after = view.text(start + length..<value.upperBound)
        edits.note(TapEdit(.response, name, from: view.text(value), to: before + origin + after))
    }

    /// Where the URI of `resource_metadata` begins (`RFC 9728 §5.1`).
    private func resourceMetadata(_ view: HeadView, _ value: Range<Int>) -> Int? {
        let name: StaticString = "resource_metadata="
        for start in value where view.startsIgnoringCase(start..<value.upperBound, name) {
            let next = start + name.utf8CodeUnitCount
            return next < value.upperBound && view.bytes[next] == UInt8(ascii: "\"") ? next + 1 : next
        }
        return nil
    }

    private func isType(_ type: StaticString, _ view: HeadView, _ value: Range<Int>) -> Bool {
        guard view.startsIgnoringCase(value, type) else { return false }
        let next = value.lowerBound + type.utf8CodeUnitCount
        return next == value.upperBound || [0x3b, 0x20, 0x09].contains(view.bytes[next])
    }
}
