import NIOCore

/// Writes one response in HTTP/1 (RFC 9112).
///
/// A stream is chunked towards HTTP/1.1 and ends with its connection towards HTTP/1.0.
struct ResponseEncoder: Sendable {
    /// Whether the connection may carry a further response.
    var keepsAlive: Bool
    /// The `x` of the request's `HTTP/1.x`.
    let minorVersion: Int

    /// Appends a whole response.
    func encode(_ response: HTTPResponse, date: UTCTime, into buffer: inout ByteBuffer) {
        encodeHead(response.status, response.fieldsWithLength, date, into: &buffer)
        buffer.writeBytes(response.body)
    }

    /// Appends a response that promises its whole body, and only so many bytes of it.
    func encode(_ response: HTTPResponse, bytes: Int, date: UTCTime, into buffer: inout ByteBuffer) {
        encodeHead(response.status, response.fieldsWithLength, date, into: &buffer)
        buffer.writeBytes(response.body.prefix(bytes))
    }

    /// Appends the head of a stream as it is given, with the framing alone added.
    func encodePlainHead(_ head: HTTPResponse, date: UTCTime, into buffer: inout ByteBuffer) {
        var fields = head.fields
        if minorVersion > 0 { fields.append(.init(name: "Transfer-Encoding", value: "chunked")) }
        encodeHead(head.status, fields, date, into: &buffer)
    }

    /// Appends the head of an event stream, which nothing on the way may store, buffer or transform.
    func encodeStreamHead(_ fields: [HTTPRequest.Field], date: UTCTime, into buffer: inout ByteBuffer) {
        var all: [HTTPRequest.Field] = [
            .init(name: "Content-Type", value: MediaType.eventStream.rawValue),
            .init(name: "Cache-Control", value: "no-store, no-transform"),
            .init(name: "X-Accel-Buffering", value: "no"),
        ]
        if minorVersion > 0 { all.append(.init(name: "Transfer-Encoding", value: "chunked")) }
        encodeHead(200, all + fields, date, into: &buffer)
    }

    /// Appends a piece of a stream as one chunk.
    func encodeStreamBytes(_ bytes: some Collection<UInt8>, into buffer: inout ByteBuffer) {
        guard !bytes.isEmpty else { return }
        if minorVersion > 0 { buffer.writeString("\(String(bytes.count, radix: 16))\r\n") }
        buffer.writeBytes(bytes)
        if minorVersion > 0 { buffer.writeString("\r\n") }
    }

    /// Appends what ends a stream.
    func encodeStreamEnd(into buffer: inout ByteBuffer) {
        if minorVersion > 0 { buffer.writeString("0\r\n\r\n") }
    }

    private func encodeHead(
        _ status: Int, _ fields: [HTTPRequest.Field], _ date: UTCTime, into buffer: inout ByteBuffer
    ) {
        buffer.writeString("HTTP/1.1 \(status) \(Self.reason(status))\r\nDate: \(date.httpDate)\r\n")
        for field in fields { buffer.writeString("\(field.name): \(field.value)\r\n") }
        if !keepsAlive { buffer.writeString("Connection: close\r\n") }
        buffer.writeString("\r\n")
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 202: "Accepted"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 421: "Misdirected Request"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        default: "Status"
        }
    }
}

extension HTTPResponse {
    /// The fields with the length of the body: where one was put, whatever its value, else behind all others.
    fileprivate var fieldsWithLength: [HTTPRequest.Field] {
        let length = HTTPRequest.Field(name: "Content-Length", value: String(body.count))
        guard let place = fields.firstIndex(where: { $0.name.lowercased() == "content-length" }) else {
            return fields + [length]
        }
        var fields = fields
        fields[place] = HTTPRequest.Field(name: fields[place].name, value: length.value)
        return fields
    }
}
