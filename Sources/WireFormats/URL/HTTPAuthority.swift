import Glibc

/// `host [ ":" port ]` (`RFC 3986 §3.2`) of an HTTP URL, checked.
struct HTTPAuthority {
    /// In lower case, an IPv6 address without brackets and in its canonical form.
    let host: String
    /// nil where none is given, or an empty one.
    let port: Int?

    init(_ text: String) throws(HTTPURLError) {
        let bytes = Array(text.utf8)
        guard !bytes.contains(UInt8(ascii: "@")) else { throw HTTPURLError(.userInformation) }
        guard !bytes.isEmpty else { throw HTTPURLError(.noHost) }
        let rest: ArraySlice<UInt8>
        if bytes.first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")),
                let address = Self.canonicalIPv6(String(decoding: bytes[1..<close], as: UTF8.self))
            else { throw HTTPURLError(.invalidHost) }
            host = address
            rest = bytes[(close + 1)...]
            guard rest.isEmpty || rest.first == ASCII.colon else { throw HTTPURLError(.invalidHost) }
        } else {
            let name = bytes.prefix { $0 != ASCII.colon }
            host = try Self.checkedName(name)
            rest = bytes[name.endIndex...]
        }
        port = try Self.port(rest.dropFirst())
    }

    private static func port(_ digits: ArraySlice<UInt8>) throws(HTTPURLError) -> Int? {
        guard !digits.isEmpty else { return nil }
        guard digits.allSatisfy(ASCII.isDigit), let number = UInt16(String(decoding: digits, as: UTF8.self)), number > 0
        else { throw HTTPURLError(.invalidPort) }
        return Int(number)
    }

    /// A name of letters, digits, hyphens and underscores between dots, or four numbers. What ends in a number must be
    /// an IPv4 address in full: resolvers take `127.1` and `0x7f000001` for one, which then is not what was checked.
    private static func checkedName(_ bytes: ArraySlice<UInt8>) throws(HTTPURLError) -> String {
        guard !bytes.isEmpty else { throw HTTPURLError(.noHost) }
        guard bytes.allSatisfy({ $0 < 0x80 }) else { throw HTTPURLError(.nonASCIIHost) }
        let name = bytes.last == UInt8(ascii: ".") ? bytes.dropLast() : bytes
        let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard name.count <= 253, labels.allSatisfy(isLabel) else { throw HTTPURLError(.invalidHost) }
        let text = String(decoding: name.map(ASCII.lowercase), as: UTF8.self)
        guard let last = labels.last, isNumber(last) else { return text }
        var address = in_addr()
        guard labels.count == 4, inet_pton(AF_INET, text, &address) == 1 else { throw HTTPURLError(.invalidHost) }
        return text
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        !label.isEmpty && label.count <= 63
            && label.allSatisfy {
                ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
            }
    }

    /// Whether an address parser would read the label as a number, decimal or hexadecimal.
    private static func isNumber(_ label: ArraySlice<UInt8>) -> Bool {
        if label.allSatisfy(ASCII.isDigit) { return true }
        guard label.count >= 2, label.first == UInt8(ascii: "0") else { return false }
        return label.dropFirst().first.map(ASCII.lowercase) == UInt8(ascii: "x")
            && label.dropFirst(2).allSatisfy { ASCII.hexValue($0) != nil }
    }

    /// The address as `RFC 5952` spells it; nil when it is none. Zones (`RFC 6874`) mean something on one machine only.
    private static func canonicalIPv6(_ text: String) -> String? {
        var address = in6_addr()
        guard inet_pton(AF_INET6, text, &address) == 1 else { return nil }
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, &address, &buffer, socklen_t(buffer.count)) != nil else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
