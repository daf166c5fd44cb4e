/// The request methods that matter to framing or that MCP uses; every other token is `.other` (its bytes are in
/// the head). Method names are case-sensitive, `RFC 9110 §9.1`.
package enum RequestMethodKind: UInt8, Sendable, CaseIterable {
    case get, post, delete, head, connect, options, put, patch, other

    /// The kind of the method spelled by `bytes[range]`.
    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        let candidates: (Self, Self)
        switch range.count {
        case 3: candidates = (.get, .put)
        case 4: candidates = (.post, .head)
        case 5: candidates = (.patch, .patch)
        case 6: candidates = (.delete, .delete)
        case 7: candidates = (.options, .connect)
        default: candidates = (.other, .other)
        }
        if ASCII.equals(bytes, range, candidates.0.name) {
            self = candidates.0
        } else if ASCII.equals(bytes, range, candidates.1.name) {
            self = candidates.1
        } else {
            self = .other
        }
    }

    /// The name on the wire; empty for `.other`.
    package var name: StaticString {
        switch self {
        case .get: "GET"
        case .post: "POST"
        case .delete: "DELETE"
        case .head: "HEAD"
        case .connect: "CONNECT"
        case .options: "OPTIONS"
        case .put: "PUT"
        case .patch: "PATCH"
        case .other: ""
        }
    }
}
