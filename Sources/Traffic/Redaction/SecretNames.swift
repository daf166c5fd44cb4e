/// Which names say that what they name is a secret.
package enum SecretNames {
    /// Header names in lower case whose values are secrets.
    package static let headers: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "apikey",
        "x-goog-api-key", "x-amz-security-token", "x-auth-token", "x-access-token", "x-csrf-token", "token", "secret",
        "jwt", "x-jwt",
    ]
    /// Names of query items, form fields and members of OAuth answers, in lower case, whose values are secrets.
    package static let items: Set<String> = [
        "access_token", "refresh_token", "id_token", "token", "auth_token", "api_key", "apikey", "api-key", "key",
        "secret", "client_secret", "password", "passwd", "pwd", "auth", "authorization", "code", "code_verifier",
        "device_code", "assertion", "client_assertion", "sig", "signature", "jwt", "bearer",
    ]
    /// Headers whose value is a URL that may carry such items.
    static let urlHeaders: Set<String> = [
        "location", "content-location", "referer", "origin", "x-original-url", "x-original-uri", "x-rewrite-url",
        "x-forwarded-uri",
    ]
    /// Headers in whose text such URLs may stand.
    static let textHeaders: Set<String> = ["link", "refresh", "www-authenticate"]

    /// The names by their lengths.
    private static let itemsByLength: [[[UInt8]]] = {
        let longest = items.map(\.utf8.count).max() ?? 0
        return (0...longest).map { length in items.filter { $0.utf8.count == length }.map { Array($0.utf8) } }
    }()
    /// What stands in a name of which nobody would say that its value may be shown; an underscore is a hyphen.
    private static let telling = [
        "api-key", "apikey", "access-key", "auth-key", "secret", "password", "-token", "credential",
    ].map { Array($0.utf8) }

    /// A name of which nobody would say that its value may be shown.
    static func looksSecret(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        return bytes.span.bytes.withUnsafeBytes { looksSecret($0) }
    }

    private static func looksSecret(_ name: UnsafeRawBufferPointer) -> Bool {
        guard name.count > 4 else { return false }
        for start in 0..<name.count {
            // What the parts begin with.
            switch folded(name[start]) {
            case UInt8(ascii: "a"), UInt8(ascii: "s"), UInt8(ascii: "p"), UInt8(ascii: "-"), UInt8(ascii: "c"):
                if telling.contains(where: { stands($0, in: name, at: start) }) { return true }
            default: continue
            }
        }
        return false
    }

    private static func stands(_ part: [UInt8], in name: UnsafeRawBufferPointer, at start: Int) -> Bool {
        guard part.count <= name.count - start else { return false }
        for offset in part.indices where folded(name[start + offset]) != part[offset] { return false }
        return true
    }

    private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
    private static func folded(_ byte: UInt8) -> UInt8 { byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : lower(byte) }

    /// `name` of a query item, form field or member, in any case of its ASCII letters.
    static func isSecretItem(_ name: RawSpan) -> Bool { name.withUnsafeBytes { isSecretItem($0) } }

    private static func isSecretItem(_ name: UnsafeRawBufferPointer) -> Bool {
        guard name.count > 2 else { return false }
        if name.count < itemsByLength.count {
            for item in itemsByLength[name.count] where name.elementsEqual(item, by: { lower($0) == $1 }) {
                return true
            }
        }
        return looksSecret(name)
    }

    static func isSecretItem(_ name: String) -> Bool { isSecretItem(Array(name.utf8).span.bytes) }

    /// Whether such a name stands in quotes before a colon anywhere in the text, JSON or not. One pass.
    static func standQuoted(in text: RawSpan) -> Bool { text.withUnsafeBytes { standQuoted(in: $0) } }

    private static func standQuoted(in text: UnsafeRawBufferPointer) -> Bool {
        var start = 0
        for index in 0..<text.count where text[index] == UInt8(ascii: "\"") {
            let name = start..<index
            start = index + 1
            var next = start
            while next < text.count, text[next] <= 0x20 { next += 1 }
            guard next < text.count, text[next] == UInt8(ascii: ":"), isQuotedSecret(text, name) else { continue }
            return true
        }
        return false
    }

    /// Of quotes in strings the backslashes stand before them.
    private static func isQuotedSecret(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        var end = range.upperBound
        while end > range.lowerBound, text[end - 1] == UInt8(ascii: "\\") { end -= 1 }
        let name = UnsafeRawBufferPointer(rebasing: text[range.lowerBound..<end])
        guard name.contains(UInt8(ascii: "\\")) else { return isSecretItem(name) }
        return isSecretItem(Array(name).withoutUnicodeEscapes.span.bytes)
    }
}

extension [UInt8] {
    /// The bytes of a name with `\u0061` read as the letter that it stands for, however many backslashes there are.
    var withoutUnicodeEscapes: [UInt8] {
        var plain: [UInt8] = []
        var index = 0
        while index < count {
            var next = index
            while next < count, self[next] == UInt8(ascii: "\\") { next += 1 }
            let digits = self[Swift.min(next + 1, count)..<Swift.min(next + 5, count)]
            if next > index, next < count, self[next] == UInt8(ascii: "u"), digits.count == 4,
                let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(code)
            {
                plain += Array(String(Character(scalar)).utf8)
                index = next + 5
            } else {
                // The whole run, which is passed once.
                next = Swift.max(next, index + 1)
                plain += self[index..<next]
                index = next
            }
        }
        return plain
    }
}
