import NIOCore

/// Writes the head of a request in HTTP/1.1 (RFC 9112 §3).
struct HTTP1RequestEncoder: Sendable {
    /// For the field `Host`.
    let authority: String
    let userAgent: String
    /// What stands before path and query where a proxy is asked (RFC 9112 §3.2.2).
    var targetPrefix = ""
    /// The value of `Proxy-Authorization`, where the proxy asks for it.
    var proxyAuthorization: String?

    func encodeHead(of request: OutgoingRequest, into buffer: inout ByteBuffer) {
        let fields = request.completeFields(userAgent: userAgent)
        buffer.writeString("\(request.method) \(targetPrefix)\(request.target) HTTP/1.1\r\n")
        if !fields.contains(where: { $0.name == "host" }) { buffer.writeString("host: \(authority)\r\n") }
        if let proxyAuthorization { buffer.writeString("proxy-authorization: \(proxyAuthorization)\r\n") }
        for field in fields { buffer.writeString("\(field.name): \(field.value)\r\n") }
        buffer.writeString("\r\n")
    }
}
