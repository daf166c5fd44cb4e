import WireFormats

/// Content that is no message: OAuth forms and the tokens that answer them.
extension Redactor {
    mutating func redactBodies(_ row: inout ExchangeRow, _ count: inout Int64) {
        guard row.attribution?.sessionID == nil else { return }
        let isWhole = row.responseEndNs != nil
        row.requestBody = body(row.requestBody, row.request.fields, isWhole: isWhole, &count)
        if let response = row.response, row.responseRaw == nil {
            row.responseBody = body(row.responseBody, response.fields, isWhole: isWhole, &count)
        }
    }

    /// JSON can be read when it is whole: until then it is held back.
    private mutating func body(
        _ body: [UInt8]?, _ fields: [HTTPField], isWhole: Bool, _ count: inout Int64
    ) -> [UInt8]? {
        guard let body, !body.isEmpty, let type = fields.first("content-type") else { return body }
        if type.containsASCII(lowercase: "x-www-form-urlencoded") {
            var masked: Int64 = 0
            let form = items(String(decoding: body, as: UTF8.self)[...], &masked)
            count += masked
            return masked > 0 ? Array(form.utf8) : body
        }
        guard type.containsASCII(lowercase: "json") else { return body }
        return isWhole ? members(of: body, &count) : nil
    }

    /// Masks the secret members of an object; what is none stays. What cannot be read as JSON, being cut, is masked as
    /// a whole where it names a secret anywhere.
    private mutating func members(of body: [UInt8], _ count: inout Int64) -> [UInt8] {
        guard let members = JSONScan.members(of: body.span.bytes) else {
            guard !JSONScan.validate(body.span.bytes) else { return body }
            let text = String(decoding: body, as: UTF8.self)
            let names = text.split(separator: "\"").contains { SecretNames.isSecretItem($0) }
            guard names else { return body }
            count += 1
            return Array(mask(text).utf8)
        }
        var masked: [UInt8] = []
        var copied = 0
        for (key, value) in members {
            guard let name = JSONScan.string(at: key, in: body.span.bytes), SecretNames.isSecretItem(name[...]),
                let secret = JSONScan.string(at: value, in: body.span.bytes), !secret.isEmpty
            else { continue }
            masked += body[copied..<value.lowerBound] + Array("\"\(mask(secret))\"".utf8)
            copied = value.upperBound
            count += 1
        }
        return copied == 0 ? body : masked + body[copied...]
    }
}
