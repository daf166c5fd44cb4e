import Glibc

/// A blocking loopback socket that gives up after some seconds: scripted peers without threads. May speak TLS.
final class RawSocket {
    struct Failure: Error, CustomStringConvertible {
        let description: String
        var code: Int32 = 0
    }

    /// How a connection ended, as read sees it; `cut`: by FIN without TLS's farewell.
    enum End: Equatable { case fin, rst, cut }

    private(set) var descriptor: Int32
    private var tls: TLSSession?
    /// Decrypted and not yet received.
    private var decrypted: [UInt8] = []
    /// Encrypted and not yet sent.
    private var encrypted: ArraySlice<UInt8> = []
    private static let cutCode: Int32 = -1

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var timeout = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
    }

    deinit { close() }

    // MARK: Making

    static func listen(backlog: Int32 = 1024) throws -> (socket: RawSocket, port: Int) {
        let socket = RawSocket(try checked(Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0), "socket"))
        var address = loopback(0)
        try withAddress(&address) { _ = try checked(bind(socket.descriptor, $0, $1), "bind") }
        _ = try checked(Glibc.listen(socket.descriptor, backlog), "listen")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try checked(getsockname(socket.descriptor, $0, &length), "getsockname")
            }
        }
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    static func connect(_ port: Int) throws -> RawSocket {
        let socket = try unconnected()
        try socket.connect(to: port)
        return socket
    }

    static func unconnected() throws -> RawSocket {
        RawSocket(try checked(Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0), "socket"))
    }

    func connect(to port: Int) throws {
        var address = Self.loopback(port)
        try Self.withAddress(&address) { _ = try Self.checked(Glibc.connect(descriptor, $0, $1), "connect") }
    }

    func accept() throws -> RawSocket {
        RawSocket(try Self.checked(Glibc.accept(descriptor, nil, nil), "accept"))
    }

    /// From here on everything is encrypted; returns when the handshake is over.
    func startTLS(_ role: TLSSession.Role) throws {
        let session = try TLSSession(role)
        tls = session
        try sendRaw(session.outbound())
        while !session.isReady {
            guard let bytes = try receiveRaw(64 * 1024, flags: 0) else {
                throw Failure(description: "FIN within the handshake", code: Self.cutCode)
            }
            do {
                decrypted += try session.decrypt(bytes)
            } catch {
                try? sendRaw(session.outbound())
                throw error
            }
            try sendRaw(session.outbound())
        }
    }

    // MARK: Writing

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: some Collection<UInt8>) throws {
        guard let tls else { return try sendRaw(bytes) }
        try sendRaw(encrypted + tls.encrypt(bytes))
        encrypted = []
    }

    func sendRaw(_ bytes: some Collection<UInt8>) throws {
        let bytes = Array(bytes)
        var sent = 0
        while sent < bytes.count {
            sent += try bytes[sent...].withUnsafeBytes {
                try Self.checked(Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)), "send")
            }
        }
    }

    /// Writes what fits at once; returns how many bytes did.
    func sendWhatFits(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let tls else { return sendRawWhatFits(bytes) }
        encrypted = encrypted.dropFirst(sendRawWhatFits(encrypted))
        guard encrypted.isEmpty else { return 0 }
        let taken = bytes.prefix(16 * 1024)
        encrypted = (try? tls.encrypt(taken)).map { $0[...] } ?? []
        encrypted = encrypted.dropFirst(sendRawWhatFits(encrypted))
        return taken.count
    }

    private func sendRawWhatFits(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBytes {
            let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
            return max(0, Glibc.send(descriptor, $0.baseAddress, $0.count, flags))
        }
    }

    func shutdownOutput() {
        sayFarewell()
        shutdown(descriptor, Int32(SHUT_WR))
    }

    private func sayFarewell() {
        guard let tls, let bytes = try? tls.farewell() else { return }
        try? sendRaw(encrypted + bytes)
        encrypted = []
    }

    /// Sends FIN without TLS's farewell.
    func cutOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

    func close() {
        if descriptor >= 0 { sayFarewell() }
        drop()
    }

    /// Closes without TLS's farewell.
    func drop() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Closes with RST.
    func reset() {
        var value = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
        drop()
    }

    // MARK: Reading

    /// At least one byte; nil: the peer's FIN, over TLS with its farewell.
    func receive(_ limit: Int = 64 * 1024, flags: Int32 = 0) throws -> [UInt8]? {
        guard let tls else { return try receiveRaw(limit, flags: flags) }
        while decrypted.isEmpty, !tls.hasFarewell {
            guard let bytes = try receiveRaw(64 * 1024, flags: flags) else {
                throw Failure(description: "FIN without a farewell", code: Self.cutCode)
            }
            decrypted += try tls.decrypt(bytes)
        }
        guard !decrypted.isEmpty else { return nil }
        defer { decrypted.removeFirst(min(limit, decrypted.count)) }
        return Array(decrypted.prefix(limit))
    }

    /// At least one byte; nil: the peer's FIN.
    func receiveRaw(_ limit: Int, flags: Int32) throws -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = try Self.checked(recv(descriptor, &bytes, limit, flags), "recv")
        return count == 0 ? nil : Array(bytes[..<count])
    }

    /// What is there at once; may be nothing.
    func receiveWhatIsThere(_ limit: Int = 64 * 1024) throws -> [UInt8] {
        do {
            return try receive(limit, flags: Int32(MSG_DONTWAIT)) ?? []
        } catch let failure as Failure {
            guard failure.code == EAGAIN else { throw failure }
            return []
        }
    }

    func receive(exactly count: Int) throws -> [UInt8] {
        var result: [UInt8] = []
        while result.count < count {
            guard let more = try receive(count - result.count) else {
                throw Failure(description: "FIN after \(result.count) of \(count) bytes: \(text(result))")
            }
            result += more
        }
        return result
    }

    /// Reads and drops so many bytes; returns how many came before the end.
    func receiveCount(_ count: Int) throws -> Int {
        var total = 0
        while total < count, let more = try receive(min(count - total, 64 * 1024)) { total += more.count }
        return total
    }

    /// As much as `expected` has, as text.
    func receiveText(_ expected: String) throws -> String { text(try receive(exactly: expected.utf8.count)) }

    /// Up to and with `end`.
    func receive(until end: String) throws -> String {
        var result: [UInt8] = []
        while !result.reversed().starts(with: end.utf8.reversed()) { result += try receive(exactly: 1) }
        return text(result)
    }

    /// Everything up to the end of the connection.
    func receiveAll() throws -> [UInt8] {
        var result: [UInt8] = []
        while let more = try receive() { result += more }
        return result
    }

    /// Waits for the end, dropping what comes before.
    func end() throws -> End {
        do {
            while try receive() != nil {}
            return .fin
        } catch let failure as Failure {
            guard failure.code == ECONNRESET || failure.code == Self.cutCode else { throw failure }
            return failure.code == Self.cutCode ? .cut : .rst
        }
    }

    // MARK: Pieces

    private static func checked<Number: SignedInteger>(_ result: Number, _ call: String) throws -> Number {
        guard result < 0 else { return result }
        let code = errno
        throw Failure(description: "\(call): \(String(cString: strerror(code)))", code: code)
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }

    private static func withAddress(
        _ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Void
    ) throws {
        try withUnsafePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
