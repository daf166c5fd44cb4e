extension OutgoingRequest {
    /// What keeps the request from being sent, as a sentence; nil when nothing does. A line break in a field would end
    /// it, and what follows would be the fields of somebody else (RFC 9110 §5.5).
    var flaw: String? {
        if !Self.isToken(method) { return "the method of the request is no token (RFC 9110 §9.1)" }
        if target.utf8.first != UInt8(ascii: "/") || !target.utf8.allSatisfy(Self.isInTarget) {
            return "the target of the request is not a path with an optional query (RFC 9112 §3.2.1)"
        }
        for field in fields {
            guard Self.isToken(field.name) else { return "the name of a request field is no token (RFC 9110 §5.1)" }
            guard field.value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else {
                return "the value of the request field \(field.name) has a control character (RFC 9110 §5.5)"
            }
        }
        return nil
    }

    /// The fields to send, in lower case: those of the request without what belongs to a connection, and what the
    /// client adds. `host` is among them only where the request has it.
    func completeFields(userAgent: String) -> [HTTPRequest.Field] {
        var complete: [HTTPRequest.Field] = []
        complete.reserveCapacity(fields.count + 2)
        var hasUserAgent = false
        for field in fields {
            let name = field.name.lowercased()
            guard !Self.ofConnection.contains(name) else { continue }
            if name == "user-agent" { hasUserAgent = true }
            complete.append(.init(name: name, value: field.value))
        }
        if !hasUserAgent, !userAgent.isEmpty { complete.append(.init(name: "user-agent", value: userAgent)) }
        if let body {
            complete.append(.init(name: "content-length", value: String(body.readableBytes)))
        } else if method == "POST" || method == "PUT" {
            complete.append(.init(name: "content-length", value: "0"))
        }
        return complete
    }

    /// Fields that the client alone may write: they frame the request, or are for the connection (RFC 9110 §7.6.1).
    private static let ofConnection: Set<String> = [
        "connection", "content-length", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    private static func isInTarget(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "#") }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
