import Synchronization

/// The fields that a client adds to all its requests; they may be changed while it runs.
final class RequestFields: Sendable {
    private let fields: Mutex<[HTTPRequest.Field]>

    init(_ headers: [SSEClientTransport.Header]) {
        fields = Mutex(headers.map { HTTPRequest.Field(name: $0.name, value: $0.value) })
    }

    var current: [HTTPRequest.Field] { fields.withLock { $0 } }

    func replace(_ headers: [SSEClientTransport.Header]) {
        fields.withLock { $0 = headers.map { HTTPRequest.Field(name: $0.name, value: $0.value) } }
    }

    func set(_ name: String, _ value: String) {
        fields.withLock { fields in
            fields.removeAll { $0.name.lowercased() == name.lowercased() }
            fields.append(HTTPRequest.Field(name: name, value: value))
        }
    }
}
