import Glibc

/// The hosts that are reached without a proxy, as the variable `no_proxy` lists them: names, which stand for everything
/// below them too (`example.com`, `.example.com`, `*.example.com`), addresses, blocks of addresses (`10.0.0.0/8`), each
/// with a port or without, and `*` for everything.
struct ProxyExceptions: Sendable {
    private let entries: [String]

    init(_ text: String) {
        entries = text.split { $0 == "," || $0 == " " || $0 == "\t" }.map { $0.lowercased() }
    }

    /// Whether the host is listed; it is in lower case, an IPv6 address without brackets.
    func contain(host: String, port: Int) -> Bool {
        entries.contains { Self.matches($0, host, port) }
    }

    private static func matches(_ entry: String, _ host: String, _ port: Int) -> Bool {
        if entry == "*" { return true }
        if let block = AddressBlock(entry) { return AddressBlock(host).map(block.contains) ?? false }
        var name = entry[...]
        if let colon = entry.lastIndex(of: ":"), let number = Int(entry[entry.index(after: colon)...]) {
            guard number == port else { return false }
            name = entry[..<colon]
            if name.hasPrefix("["), name.hasSuffix("]") { name = name.dropFirst().dropLast() }
            if let address = AddressBlock(String(name)) { return AddressBlock(host).map(address.contains) ?? false }
        }
        if name.hasPrefix("*") { name = name.dropFirst() }
        if name.hasPrefix(".") { name = name.dropFirst() }
        return !name.isEmpty && AddressBlock(host) == nil && (host == name || host.hasSuffix(".\(name)"))
    }
}

/// The addresses with one prefix; one address when the prefix is all of it.
struct AddressBlock: Sendable {
    private let bytes: [UInt8]
    private let prefix: Int

    /// Reads an IPv4 or IPv6 address with an optional prefix length (RFC 4632 §3.1, RFC 4291 §2.3).
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = parts.first.map(String.init) else { return nil }
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, address, &v4) == 1 {
            bytes = withUnsafeBytes(of: v4) { Array($0) }
        } else if inet_pton(AF_INET6, address.trimmingBrackets, &v6) == 1 {
            bytes = withUnsafeBytes(of: v6) { Array($0) }
        } else {
            return nil
        }
        guard parts.count == 2 else {
            prefix = bytes.count * 8
            return
        }
        guard let length = Int(parts[1]), (0...bytes.count * 8).contains(length) else { return nil }
        prefix = length
    }

    /// Whether all addresses of `other` are of this block.
    func contains(_ other: AddressBlock) -> Bool {
        guard bytes.count == other.bytes.count, other.prefix >= prefix else { return false }
        return (0..<prefix).allSatisfy { bit in
            let difference: UInt8 = bytes[bit / 8] ^ other.bytes[bit / 8]
            return difference & (0x80 >> UInt8(bit % 8)) == 0
        }
    }
}

extension String {
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
    }
}
