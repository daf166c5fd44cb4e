import WireFormats

/// Bodies that were held back, as they may be passed on.
extension Redactor {
    /// The rest of a body, masked. What was passed on before names no secret, so that what is masked stands behind it,
    /// or all of the rest is.
    mutating func masked(_ rest: [UInt8], of body: HeldBody) -> Masked {
        if body.isTorn, body.kind.mayBeJSON || body.content.looksLikeJSON { return (whole(rest), 1) }
        var found: Masked = (body.content, 0)
        if body.kind == .form {
            found.text = form(body.content, &found.count)
            if found.count == 0 { return (rest, 0) }
        }
        if let masked = maskedMessage(found.text) { found = masked }
        if body.kind == .json { maskMembers(of: &found) }
        guard found.count > 0 else { return (rest, 0) }
        guard found.text.starts(with: body.beginning) else { return (whole(rest), 1) }
        return (Array(found.text[body.beginning.count...]), found.count)
    }

    /// Masks the secret members of an object that is no message, as OAuth servers answer, or of several in an array.
    /// What cannot be read as JSON, being cut, is masked as a whole where it names a secret anywhere.
    private mutating func maskMembers(of found: inout Masked) {
        let body = found.text
        let secrets = Self.secretMembers(of: body)
        guard let secrets, secrets.count <= Self.spotLimit else {
            guard secrets != nil || !body.saysMessage && SecretNames.standQuoted(in: body.span.bytes) else { return }
            found = (whole(body), max(found.count, 1))
            return
        }
        let spots = secrets.compactMap { value -> Spot? in
            guard let secret = JSONScan.string(at: value, in: body.span.bytes), !secret.isEmpty, !secret.isMask
            else { return nil }
            return Spot(range: value, mask: Array("\"\(mask(secret))\"".utf8))
        }
        guard !spots.isEmpty else { return }
        found = (Self.masking(spots, in: body), found.count + Int64(spots.count))
    }

    /// The strings of secret names in objects that are no messages; nil where the body is no JSON.
    private static func secretMembers(of body: [UInt8]) -> [Range<Int>]? {
        let text = body.span.bytes
        var secrets: [Range<Int>] = []
        var (current, first, isMessage) = (0, 0, false)
        let isJSON = JSONScan.forEachMember(in: text) { object, key, value in
            if object != current { (current, first, isMessage) = (object, secrets.count, false) }
            guard !isMessage, secrets.count <= Self.spotLimit else { return }
            let name = body[key.lowerBound + 1..<key.upperBound - 1]
            if name.elementsEqual("jsonrpc".utf8) {
                isMessage = true
                secrets.removeSubrange(first...)
            } else if body[value.lowerBound] == UInt8(ascii: "\""), isSecretItem(key, name, in: text) {
                secrets.append(value)
            }
        }
        return isJSON ? secrets : nil
    }

    private static func isSecretItem(_ key: Range<Int>, _ name: ArraySlice<UInt8>, in text: RawSpan) -> Bool {
        guard name.contains(UInt8(ascii: "\\")) else {
            return SecretNames.isSecretItem(text.extracting(name.startIndex..<name.endIndex))
        }
        return JSONScan.string(at: key, in: text).map { SecretNames.isSecretItem($0) } ?? false
    }

    /// A document as `--rewrite-oauth` found or made it, masked as the body that it was.
    mutating func document(_ text: String, _ count: inout Int64) -> String {
        var found: Masked = (Array(text.utf8), 0)
        if let masked = maskedMessage(found.text) { found = masked }
        maskMembers(of: &found)
        guard found.count > 0 else { return text }
        count += found.count
        return String(decoding: found.text, as: UTF8.self)
    }
}

/// What the head says of a body.
enum ContentKind: Sendable, Hashable {
    case form, json, unnamed, other

    init(_ fields: [HTTPField]) {
        guard let type = fields.first("content-type") else {
            self = .unnamed
            return
        }
        self = type.containsASCII(lowercase: "x-www-form-urlencoded") ? .form : fields.saysJSON ? .json : .other
    }

    var mayBeJSON: Bool { self == .json || self == .unnamed }
}

extension [UInt8] {
    /// Whether it is soon clear that this is a JSON-RPC message.
    var saysMessage: Bool {
        let name = Array("\"jsonrpc\"".utf8)
        let start = prefix(4096)
        return start.indices.contains { start[$0] == name[0] && start[$0...].starts(with: name) }
    }
}

extension String {
    /// Whether it is what a secret was masked by.
    var isMask: Bool { utf8.count == 21 && hasPrefix("hmac:") && dropFirst(5).allSatisfy(\.isHexDigit) }
}
