/// What a `Forwarder` listens on, forwards to and keeps to.
package struct ForwarderConfiguration: Sendable {
    package var listenHost = "127.0.0.1"
    /// 0 takes any free port.
    package var listenPort = 6480
    package var upstream: UpstreamOrigin
    /// How an `https` upstream is known.
    package var upstreamTLS = UpstreamTLS()
    /// nil: clients speak plain HTTP.
    package var listenerTLS: ListenerTLS?
    /// A file that the secrets of TLS sessions of both sides are appended to.
    package var keyLogFile: String?
    /// Further values of `Host` that are served: `name` (any port) or `name:port`.
    package var allowedHosts: [String] = []
    /// Fields set on every request to the upstream; they replace those of the same name.
    package var upstreamHeaders: [Header] = []
    /// Gives URIs of the upstream in discovery documents of OAuth the forwarder's own origin.
    package var rewritesOAuth = false
    package var eventLoops = 1
    /// Client connections at a time; further ones wait in the backlog. nil: as many as descriptors allow.
    package var connectionLimit: Int?
    /// Requests of one connection that may be unanswered before it is not read any more.
    package var pipelineDepth = 64
    /// Bytes waiting to be written to a leg at which the other leg is read again, and is not read any more.
    package var writeBufferLow = 64 * 1024
    package var writeBufferHigh = 256 * 1024
    package var connectTimeoutSeconds = 10
    /// The longest head, in bytes.
    package var headLimit = 64 * 1024

    package init(upstream: UpstreamOrigin) {
        self.upstream = upstream
    }

    /// One header field.
    package struct Header: Sendable, Hashable {
        package let name: String
        package let value: String

        /// Throws when the name is no token or the value has a control character (`RFC 9110 §5.5`), or when the field
        /// frames or routes the message.
        package init(name: String, value: String) throws(ForwarderError) {
            let isToken = !name.isEmpty && name.utf8.allSatisfy(FieldNames.isTokenByte)
            let isText = value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
            guard isToken, isText else {
                throw ForwarderError(
                    .invalidHeader, "cannot set the header \(name): it is not NAME:VALUE in plain text")
            }
            guard !FieldNames.isFraming(name.lowercased()) else {
                throw ForwarderError(.invalidHeader, "cannot set the header \(name): the forwarder keeps it itself")
            }
            self.name = name
            self.value = value
        }
    }
}

enum FieldNames {
    /// Fields that say where a message ends or goes: never configured, never removed because `Connection` names them.
    static func isFraming(_ lowercased: String) -> Bool {
        switch lowercased {
        case "host", "content-length", "transfer-encoding", "connection", "trailer", "expect": true
        default: false
        }
    }

    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
