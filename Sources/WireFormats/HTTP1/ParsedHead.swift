/// A field line. Bytes are kept as Latin-1: one code point a byte.
package struct HTTPField: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// A head that owns its text, for places where speed does not matter. Bytes are kept as Latin-1: one code point a
/// byte. Parsed leniently: for heads that were framed already.
package struct ParsedHead: Sendable, Hashable {
    package enum StartLine: Sendable, Hashable {
        case request(method: String, target: String)
        case response(status: Int, reason: String)
    }

    package let startLine: StartLine
    /// `HTTP/1.1`, as spelled.
    package let version: String
    /// In order of appearance; the lines of a folded value are joined by one space (`RFC 9112 §5.2`).
    package let fields: [HTTPField]
    package let deviations: HTTP1Deviations

    /// - Parameter bytes: a request head from its request line to the empty line.
    /// - Throws: `.invalidMethod` when they are no complete request head, `.http2Preface`.
    package init(requestHead bytes: RawSpan) throws(HTTP1Error) {
        try self.init(bytes, .request)
    }

    /// - Parameter bytes: a response head from its status line to the empty line.
    /// - Throws: `.invalidStatusLine` when they are no complete response head.
    package init(responseHead bytes: RawSpan) throws(HTTP1Error) {
        try self.init(bytes, .response)
    }

    private init(_ bytes: RawSpan, _ role: HTTP1Parser.Role) throws(HTTP1Error) {
        let limits = HTTP1Parser.Limits(headBytes: bytes.byteCount + 1, fields: bytes.byteCount)
        var parser = HTTP1Parser(role: role, policy: .observe, limits: limits)
        if role == .response { parser.expectResponse(to: .get) }
        var position = 0
        guard try parser.next(bytes, &position) == .head, position == bytes.byteCount, let range = parser.headRange
        else { throw HTTP1Error(role == .request ? .invalidMethod : .invalidStatusLine) }
        let head = parser.head
        self = bytes.extracting(range).withUnsafeBytes { Self($0, role, head) }
    }

    private init(_ bytes: UnsafeRawBufferPointer, _ role: HTTP1Parser.Role, _ head: HTTP1Head) {
        switch role {
        case .request:
            startLine = .request(
                method: Latin1.text(bytes[head.methodRange]), target: Latin1.text(bytes[head.targetRange]))
        case .response:
            startLine = .response(status: head.status, reason: Latin1.text(bytes[head.reasonRange]))
        }
        version = "HTTP/1.\(head.minorVersion)"
        fields = head.fields.map {
            HTTPField(name: Latin1.text(bytes[$0.name.range]), value: Latin1.unfolded(bytes[$0.value.range]))
        }
        deviations = head.deviations
    }

    /// Request: its method; response: nil.
    package var method: String? {
        if case .request(let method, _) = startLine { method } else { nil }
    }

    /// Request: its target; response: nil.
    package var target: String? {
        if case .request(_, let target) = startLine { target } else { nil }
    }

    /// Response: its status code; request: nil.
    package var status: Int? {
        if case .response(let status, _) = startLine { status } else { nil }
    }

    /// Response: its reason phrase, perhaps empty; request: nil.
    package var reason: String? {
        if case .response(_, let reason) = startLine { reason } else { nil }
    }

    /// The value of the first field called `name`, in any case.
    package func first(named name: String) -> String? {
        fields.first { Latin1.equalsIgnoringCase($0.name, name) }?.value
    }

    /// The values of all fields called `name`, in any case, in order of appearance.
    package func values(named name: String) -> [String] {
        fields.filter { Latin1.equalsIgnoringCase($0.name, name) }.map(\.value)
    }
}
