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
    mutating func treatment(of name: String) -> Treatment {
        if let known = treatments[name] { return known }
        let treatment = self.treatment(ofPlain: Self.plainName(name))
        if treatments.count >= Self.knownLimit { treatments.removeAll(keepingCapacity: true) }
        treatments[name] = treatment
        return treatment
    }

    /// In lower case; some servers take an underscore for a hyphen.
    static func plainName(_ name: String) -> String { name.lowercased().replacing("_", with: "-") }

    private func treatment(ofPlain name: String) -> Treatment {
        switch name {
        case "cookie": return .cookies
        case "set-cookie": return .setCookie
        case "host": return .authority
        default: break
        }
        // An argument of a tool is masked as it is in the message. (MCP 2026-07-28 transports)
        if name.hasPrefix("mcp-param-") {
            let argument = name.dropFirst("mcp-param-".count)
            let names = [String(argument), String(argument.replacing("-", with: "_"))]
            let isSecret = names.contains { keys.contains(Array($0.utf8)) || SecretNames.isSecretItem($0) }
            return headers.contains(name) ? .secret : isSecret ? .argument : .shown
        }
        if name.hasSuffix("authorization") { return .credentials }
        if headers.contains(name) || SecretNames.looksSecret(name) { return .secret }
        return SecretNames.urlHeaders.contains(name) ? .url : SecretNames.textHeaders.contains(name) ? .text : .shown
    }

    mutating func treated(_ value: String, _ treatment: Treatment, _ count: inout Int64) -> String {
        guard treatment != .shown, !value.isEmpty else { return value }
        switch treatment {
        case .url: return url(value, &count)
        case .text: return urls(in: value, &count)
        case .authority: return authority(value, &count)
        default: count += 1
        }
        switch treatment {
        case .cookies: return cookies(value, isResponse: false)
        case .setCookie: return cookies(value, isResponse: true)
        case .credentials: return credentials(value)
        case .argument: return credential(value)
        default: return mask(value)
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
}
