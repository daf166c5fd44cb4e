import WireFormats

/// Bodies that were held back, as they may be passed on.
extension Redactor {
    /// The rest of a body, masked. What was passed on before names no secret, so that what is masked stands behind it,
    /// or all of the rest is.
    mutating func masked(_ rest: [UInt8], of body: HeldBody) -> Masked {
        if body.isTorn, body.kind.mayBeJSON || body.content.looksLikeJSON { return (whole(rest), 1) }
        var found: Masked = (body.content, 0)
        if body.kind == .form {
            found.text = Array(items(String(decoding: body.content, as: UTF8.self)[...], &found.count).utf8)
            if found.count == 0 { return (rest, 0) }
        }
        if let masked = maskedMessage(found.text) { found = masked }
        if body.kind == .json { maskMembers(of: &found) }
        guard found.count > 0 else { return (rest, 0) }
        guard found.text.starts(with: body.beginning) else { return (whole(rest), 1) }
        return (Array(found.text[body.beginning.count...]), found.count)
    }

    /// Masks the secret members of an object that is no message, as OAuth servers answer. What cannot be read as JSON,
    /// being cut, is masked as a whole where it names a secret anywhere.
    private mutating func maskMembers(of found: inout Masked) {
        let body = found.text
        guard let members = JSONScan.members(of: body.span.bytes) else {
            guard !body.saysMessage, !JSONScan.validate(body.span.bytes) else { return }
            let text = String(decoding: body, as: UTF8.self)
            guard text.split(separator: "\"").contains(where: { SecretNames.isSecretItem($0) }) else { return }
            found = (whole(body), max(found.count, 1))
            return
        }
        let names = members.map { JSONScan.string(at: $0.key, in: body.span.bytes) ?? "" }
        guard !names.contains("jsonrpc") else { return }
        var masked: [UInt8] = []
        var copied = 0
        for (name, (_, value)) in zip(names, members) where SecretNames.isSecretItem(name[...]) {
            guard let secret = JSONScan.string(at: value, in: body.span.bytes), !secret.isEmpty, !secret.isMask
            else { continue }
            masked += body[copied..<value.lowerBound] + Array("\"\(mask(secret))\"".utf8)
            copied = value.upperBound
            found.count += 1
        }
        found.text = masked + body[copied...]
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
