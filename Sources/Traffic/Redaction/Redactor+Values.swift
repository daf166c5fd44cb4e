import WireFormats

/// Header values and URLs. Each `count` counts the values masked.
extension Redactor {
    mutating func fields(_ fields: inout [HTTPField], _ count: inout Int64) {
        if let (masked, values) = maskedFields.made(of: fields) {
            fields = masked
            count += values
            return
        }
        let clear = fields
        let before = count
        for index in fields.indices {
            let treatment = treatment(of: fields[index].name)
            guard treatment != .shown else { continue }
            fields[index].value = treated(fields[index].value, treatment, &count)
        }
        maskedFields.keep((fields, count - before), of: clear)
    }

    /// `name` of a header, in any case.
    mutating func value(of name: String, _ value: String, _ count: inout Int64) -> String {
        treated(value, treatment(of: name), &count)
    }

    /// Looked up by name, since the same few names come with every request.
    private mutating func treatment(of name: String) -> Treatment {
        if let known = treatments[name] { return known }
        let lower = name.lowercased()
        let isSecret = headers.contains(lower) || SecretNames.looksSecret(lower)
        let treatment: Treatment =
            switch lower {
            case "cookie": .cookies
            case "set-cookie": .setCookie
            case "authorization", "proxy-authorization": .credentials
            default: isSecret ? .secret : SecretNames.urlHeaders.contains(lower) ? .url : .shown
            }
        if treatments.count >= Self.knownLimit { treatments.removeAll(keepingCapacity: true) }
        treatments[name] = treatment
        return treatment
    }

    private mutating func treated(_ value: String, _ treatment: Treatment, _ count: inout Int64) -> String {
        guard treatment != .shown, !value.isEmpty else { return value }
        guard treatment != .url else { return url(value, &count) }
        count += 1
        switch treatment {
        case .cookies: return cookies(value, isResponse: false)
        case .setCookie: return cookies(value, isResponse: true)
        case .credentials: return credentials(value)
        case .secret, .url, .shown: return mask(value)
        }
    }

    /// Keeps the scheme: which kind of credential was sent is no secret.
    private mutating func credentials(_ value: String) -> String {
        guard let blank = value.firstIndex(of: " ") else { return mask(value) }
        return "\(value[..<blank]) \(mask(String(value[value.index(after: blank)...])))"
    }

    /// Keeps the names of cookies, and the attributes behind the first pair of a response's.
    private mutating func cookies(_ value: String, isResponse: Bool) -> String {
        var parts = value.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        for index in parts.indices where index == 0 || !isResponse {
            if let equals = parts[index].firstIndex(of: "=") {
                let secret = parts[index][parts[index].index(after: equals)...]
                parts[index] = "\(parts[index][...equals])\(mask(String(secret)))"
            } else if !parts[index].trimmed().isEmpty {
                parts[index] = mask(parts[index])
            }
        }
        return parts.joined(separator: ";")
    }

    // MARK: URLs

    /// Masks user and password of a URL or request target, and the secret items of its query and fragment.
    mutating func url(_ url: String, _ count: inout Int64) -> String {
        // Neither a question mark nor a hash nor an at sign: nothing to mask.
        guard url.utf8.contains(where: { $0 == 0x3F || $0 == 0x23 || $0 == 0x40 }) else { return url }
        var text = userInfo(in: url, &count)
        guard let mark = text.firstIndex(where: { $0 == "?" || $0 == "#" }) else { return text }
        let rest = text[text.index(after: mark)...]
        let parts = rest.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        var masked: [String] = []
        for part in parts { masked.append(items(part, &count)) }
        text = "\(text[...mark])\(masked.joined(separator: "#"))"
        return text
    }

    /// `http://user:password@host` (RFC 3986 §3.2.1)
    private mutating func userInfo(in url: String, _ count: inout Int64) -> String {
        guard let scheme = url[...].range(ofAscii: "//") else { return url }
        let rest = url[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@"), at != authority.startIndex else { return url }
        count += 1
        return "\(url[..<scheme.upperBound])\(mask(String(authority[..<at])))\(url[at...])"
    }

    /// Masks the values of secret items of a query or form, whose items some separate by semicolons.
    mutating func items(_ query: Substring, _ count: inout Int64) -> String {
        var masked: [String] = []
        for outer in query.split(separator: "&", omittingEmptySubsequences: false) {
            var inner: [String] = []
            for text in outer.split(separator: ";", omittingEmptySubsequences: false) {
                inner.append(item(text, &count))
            }
            masked.append(inner.joined(separator: ";"))
        }
        return masked.joined(separator: "&")
    }

    private mutating func item(_ text: Substring, _ count: inout Int64) -> String {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return String(text) }
        let name = Self.withoutEscapes(text[..<equals])
        let value = String(text[text.index(after: equals)...])
        let isID = masksSessionID && ["session_id", "sessionid"].contains(name.lowercased())
        guard !value.isEmpty, !value.isMask, isID || SecretNames.isSecretItem(name[...]) else { return String(text) }
        count += 1
        return "\(text[...equals])\(mask(value))"
    }

    /// A name with its percent-encoded ASCII characters as they are. (RFC 3986 §2.1)
    private static func withoutEscapes(_ name: Substring) -> String {
        guard name.utf8.contains(UInt8(ascii: "%")) else { return String(name) }
        let bytes = Array(name.utf8)
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let digits = bytes[index...].dropFirst().prefix(2)
            if bytes[index] == UInt8(ascii: "%"), digits.count == 2,
                let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                plain.append(byte)
                index += 3
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    // MARK: Heads that could not be read

    /// Masks, line by line, what a readable head would have masked. A bare CR ends a line as well: what stands behind
    /// one may be a field to somebody.
    mutating func lines(_ head: String, _ count: inout Int64) -> String {
        var lines: [String] = []
        for line in head.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            var parts: [String] = []
            for part in line.split(separator: "\r", omittingEmptySubsequences: false) {
                parts.append(self.line(String(part), &count))
            }
            lines.append(parts.joined(separator: "\r"))
        }
        return lines.joined(separator: "\n")
    }

    private mutating func line(_ text: String, _ count: inout Int64) -> String {
        guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains(" ") else { return url(text, &count) }
        let bare = String(text[text.index(after: colon)...]).trimmed()
        let masked = value(of: text[..<colon].lowercased().trimmed(), bare, &count)
        return masked == bare ? text : "\(text[...colon]) \(masked)"
    }
}
