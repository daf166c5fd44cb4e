import Crypto
import WireFormats

/// Masks secrets in rows, after the fold saw them in memory and before any of them leaves it.
///
/// A masked value is `hmac:` and 16 hexadecimal digits of HMAC-SHA256 under a key that lies outside the capture: equal
/// secrets stay equal, within a capture and over all captures of the same key, so that the fold finds in masked rows
/// what it found in clear ones. Messages are masked before the fold sees them, so that it counts what is stored.
package struct Redactor: Sendable {
    private let key: SymmetricKey
    let headers: Set<String>
    /// The session header was asked to be secret: then its values are masked wherever a name tells them.
    let masksSessionID: Bool
    /// Masks by secret, so that a secret that comes with every request is hashed once.
    private var known: [String: String] = [:]
    static let knownLimit = 4096
    /// A longer secret is hashed each time.
    private static let knownLength = 512
    var treatments: [String: Treatment] = [:]
    /// Fields as masked, and how many values that were.
    var maskedFields = RecentFields<(fields: [HTTPField], count: Int64)>()
    /// Names of members of messages that are secrets.
    let keys: SecretKeys
    /// What content is held back, and how much of it was masked.
    var content = HeldContents()

    /// What is done with a header's value.
    enum Treatment: Sendable {
        case shown, url, text, authority, cookies, setCookie, credentials, argument, secret
    }

    /// `key`: 32 bytes. `extraHeaders`: further names, in any case. `keys`: see the property.
    package init(key: [UInt8], extraHeaders: [String] = [], keys: SecretKeys = SecretKeys()) {
        self.keys = keys
        self.key = SymmetricKey(data: key)
        let extra = extraHeaders.map { Self.plainName($0) }
        headers = SecretNames.headers.union(extra)
        masksSessionID = extra.contains("mcp-session-id")
    }

    package mutating func redact(_ batch: inout RowBatch) {
        for index in batch.exchanges.indices { redact(&batch.exchanges[index]) }
        for index in batch.streamEvents.indices { redact(&batch.streamEvents[index]) }
        for index in batch.sessions.indices { redact(&batch.sessions[index]) }
        content.count(into: &batch)
    }

    private mutating func redact(_ row: inout ExchangeRow) {
        var count: Int64 = 0
        // A head that could not be read stands whole where its first line belongs.
        row.request.target =
            row.request.method.isEmpty ? unread(row.request.target, &count) : url(row.request.target, &count)
        fields(&row.request.fields, &count)
        if var response = row.response {
            if response.status == 0 { response.reason = unread(response.reason, &count) }
            fields(&response.fields, &count)
            row.response = response
        }
        for index in row.informational.indices {
            var head = row.informational[index].head
            if head.status == 0 { head.reason = unread(head.reason, &count) }
            fields(&head.fields, &count)
            row.informational[index].head = head
        }
        fields(&row.trailers, &count)
        for index in row.edits.indices { redact(&row.edits[index], &count) }
        row.redacted = count
    }

    private mutating func redact(_ edit: inout Edit, _ count: inout Int64) {
        edit.from = edit.from.map { edited($0, of: edit.what, &count) }
        edit.to = edit.to.map { edited($0, of: edit.what, &count) }
    }

    private mutating func edited(_ text: String, of what: String, _ count: inout Int64) -> String {
        switch what {
        case "endpoint", "target": url(text, &count)
        case "body": document(text, &count)
        default: value(of: what, text, &count)
        }
    }

    /// `endpoint` events name the URL that a client POSTs to, with all that stands in its query.
    private mutating func redact(_ row: inout StreamEventRow) {
        guard row.block.block.type == "endpoint", let masked = maskedEndpoint(row.block.block) else { return }
        row.block.block = masked
    }

    /// Where an `http+sse` server names no session, the target that its client POSTs to stands for the id.
    private mutating func redact(_ row: inout SessionRow) {
        guard let id = row.wireID else { return }
        var count: Int64 = 0
        let isTarget = row.dialect == .httpSSE && id.hasPrefix("/")
        row.wireID = isTarget ? url(id, &count) : masksSessionID ? mask(id) : id
    }

    mutating func mask(_ secret: String) -> String {
        let isLong = secret.utf8.count > Self.knownLength
        if !isLong, let mask = known[secret] { return mask }
        let code = HMAC<SHA256>.authenticationCode(for: Array(secret.utf8), using: key)
        let digits = Array("0123456789abcdef".utf8)
        let hex = code.prefix(8).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        let mask = "hmac:" + String(decoding: hex, as: UTF8.self)
        guard !isLong else { return mask }
        if known.count >= Self.knownLimit { known.removeAll(keepingCapacity: true) }
        known[secret] = mask
        return mask
    }
}
