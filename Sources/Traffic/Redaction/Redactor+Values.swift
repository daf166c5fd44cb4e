import WireFormats

/// Header values and URLs. Each `count` counts the values masked.
extension Redactor {
    mutating func fields(_ fields: inout [HTTPField], _ count: inout Int64) {
        for index in fields.indices {
            let treatment = treatment(of: fields[index].name)
            guard treatment != .shown else { continue }
            fields[index].value = treated(fields[index].value, treatment, &count)
        }
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

    /// Masks the values of secret items of a query or form.
    mutating func items(_ query: Substring, _ count: inout Int64) -> String {
        var items = query.split(separator: "&", omittingEmptySubsequences: false).map(String.init)
        for index in items.indices {
            guard let equals = items[index].firstIndex(of: "="), equals != items[index].startIndex else { continue }
            let name = items[index][..<equals]
            let value = String(items[index][items[index].index(after: equals)...])
            let isID = masksSessionID && ["session_id", "sessionid"].contains(name.lowercased())
            guard !value.isEmpty, isID || SecretNames.isSecretItem(name) else { continue }
            items[index] = "\(items[index][...equals])\(mask(value))"
            count += 1
        }
        return items.joined(separator: "&")
    }

    // MARK: Heads that could not be read

    /// Masks, line by line, what a readable head would have masked.
    mutating func lines(_ head: String, _ count: inout Int64) -> String {
        var lines: [String] = []
        for line in head.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            let text = String(line)
            guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains(" ") else {
                lines.append(url(text, &count))
                continue
            }
            let content = text[text.index(after: colon)...]
            let isCut = content.unicodeScalars.last == "\r"
            let bare = String(String.UnicodeScalarView(content.unicodeScalars.dropLast(isCut ? 1 : 0))).trimmed()
            let masked = value(of: text[..<colon].lowercased().trimmed(), bare, &count)
            lines.append(masked == bare ? text : "\(text[...colon]) \(masked)\(isCut ? "\r" : "")")
        }
        return lines.joined(separator: "\n")
    }
}
