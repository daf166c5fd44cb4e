/// What a redactor holds back of open exchanges, and how many values it masked in their content.
///
/// Content is passed on as it comes until a name of a secret was seen in it; what follows is held until it is whole and
/// can be read. So are forms, and JSON that is no message, from their beginning. What was sent encoded is held until it is known to hold no secret.
struct HeldContents: Sendable {
    var exchanges = IDTable<HeldExchange>()
    /// Streams of which something was torn: what comes next may go on with a secret.
    var torn: [Int64: Torn] = [:]
    /// Room for events, used again.
    var passing: [TrafficEvent] = []
    /// Masked values since rows were last taken, by what carries them.
    private var blocks: [Int64: Int64] = [:]
    private var requests: [Int64: Int64] = [:]
    private var responses: [Int64: Int64] = [:]

    enum Torn: Sendable {
        /// By missing bytes: what was lost may have been a name.
        case byGap
        /// The block before was not whole and may have named a secret.
        case named
    }

    mutating func masked(_ count: Int64, block: Int64, of exchange: Int64) {
        blocks[block] = count
        exchanges[exchange]?.redacted += count
    }

    mutating func masked(_ count: Int64, in direction: Direction, of exchange: Int64) {
        if direction == .clientToServer { requests[exchange] = count } else { responses[exchange] = count }
        exchanges[exchange]?.redacted += count
    }

    /// Adds to exchanges and messages what was masked in them.
    mutating func count(into batch: inout RowBatch) {
        for index in batch.exchanges.indices {
            let id = batch.exchanges[index].id
            guard let place = exchanges.index(forKey: id) else { continue }
            batch.exchanges[index].redacted += exchanges.values[place].redacted
            if batch.exchanges[index].responseEndNs != nil { exchanges.removeValue(forKey: id) }
        }
        guard !blocks.isEmpty || !requests.isEmpty || !responses.isEmpty else { return }
        for index in batch.messages.indices {
            let count = count(of: batch.messages[index])
            guard count > 0 else { continue }
            if case .element(let text) = batch.messages[index].body {
                batch.messages[index].redacted = text.maskCount
            } else {
                batch.messages[index].redacted = count
            }
        }
        blocks.removeAll(keepingCapacity: true)
        requests.removeAll(keepingCapacity: true)
        responses.removeAll(keepingCapacity: true)
    }

    private func count(of message: MessageRow) -> Int64 {
        if let block = message.streamEventID { return blocks[block] ?? 0 }
        guard let exchange = message.exchangeID else { return 0 }
        return (message.direction == .clientToServer ? requests[exchange] : responses[exchange]) ?? 0
    }
}

/// The content of one exchange that is still open.
struct HeldExchange: Sendable {
    var request = HeldBody()
    var response = HeldBody()
    /// In the content of the exchange, its stream included.
    var redacted: Int64 = 0
    var requestHasEnded = false
    var isStream = false

    /// False, and nothing changed, where something is held back.
    mutating func endRequest() -> Bool {
        guard requestHasEnded || request.isSpent else { return false }
        request = HeldBody()
        requestHasEnded = true
        return true
    }

    /// The same for both.
    mutating func end() -> Bool {
        guard response.isSpent, endRequest() else { return false }
        response = HeldBody()
        return true
    }
}

/// One body.
struct HeldBody: Sendable {
    /// All of it so far.
    private(set) var content: [UInt8] = []
    /// How much of it was passed on.
    private var passed = 0
    private var isSuspect = false
    /// Bytes are missing in it, or before it.
    private(set) var isTorn = false
    var kind = ContentKind.unnamed
    /// What was sent, where that is encoded.
    private(set) var raw: [UInt8] = []
    /// How much more was sent than is kept.
    private(set) var rawExcess: Int64 = 0
    /// Something in the content was masked, so what was sent is not kept.
    private(set) var isMasked = false
    /// How much of what was sent could be looked at; nil for all.
    private var readable: Int?
    private var isUnread = false

    /// A name and what stands around it are longer than this only where somebody wants to hide them.
    private static let overlap = 512

    /// Takes a piece; returns what may be passed on at once, and how much is more than is kept.
    mutating func take(_ piece: [UInt8], _ keys: SecretKeys) -> (passed: [UInt8]?, missed: Int64) {
        let room = max(0, Ledger.bodyLimit - content.count)
        let kept = piece.count > room ? Array(piece[..<room]) : piece
        let start = max(0, content.count - Self.overlap)
        if content.isEmpty { isSuspect = isSuspect || kind == .form || kind == .json && !kept.saysMessage }
        if content.isEmpty { content = kept } else { content += kept }
        let missed = Int64(piece.count - kept.count)
        guard !isSuspect else { return (nil, missed) }
        isSuspect = keys.mayStand(in: content.span.bytes.extracting(start..<content.count)) || content.endsInBackslashes
        guard !isSuspect else { return (nil, missed) }
        passed = content.count
        return (kept.isEmpty ? nil : kept, missed)
    }

    /// The same for a first piece that passes as it is. False changes nothing.
    mutating func passes(_ piece: [UInt8], _ keys: SecretKeys) -> Bool {
        guard content.isEmpty, !isSuspect, kind != .form, piece.count <= Ledger.bodyLimit, !piece.isEmpty,
            kind != .json || piece.saysMessage, !keys.mayStand(in: piece.span.bytes), !piece.endsInBackslashes
        else { return false }
        content = piece
        passed = piece.count
        return true
    }

    /// Nothing is held back.
    var isSpent: Bool { raw.isEmpty && rest == nil }

    /// Bytes are missing: what was lost may have been a name.
    mutating func miss() {
        isTorn = true
        isSuspect = true
        if readable == nil { readable = raw.count }
    }

    mutating func takeRaw(_ piece: [UInt8]) {
        guard !isMasked else { return }
        let room = max(0, Ledger.bodyLimit - raw.count)
        raw += piece.prefix(room)
        rawExcess += Int64(max(0, piece.count - room))
    }

    mutating func note(_ note: ContentNote) {
        switch note.why {
        case .unread: isUnread = true
        case .broken, .trailing, .tooLarge: readable = min(readable ?? .max, Int(note.offset))
        case .cut, .rawLimit: return
        }
    }

    /// Forgets what was sent.
    mutating func dropRaw() {
        isMasked = true
        raw = []
    }

    /// What of the content was not passed on; nil where all was.
    var rest: [UInt8]? { isSuspect && passed < content.count ? Array(content[passed...]) : nil }
    var beginning: ArraySlice<UInt8> { content[..<passed] }

    /// What was sent, as far as it holds no secret for all that is known. What cannot be read cannot be masked: it is
    /// looked at for names that stand in it as they are.
    func keptRaw(_ keys: SecretKeys) -> [UInt8]? {
        guard !raw.isEmpty, !isMasked else { return nil }
        if keys.isEmpty, raw.saysMessage || !raw.namesSecretItem { return raw }
        let kept = readable.map { Array(raw.prefix($0)) } ?? raw
        if isUnread || kept.hasGzipText, keys.mayStand(in: kept.span.bytes) { return nil }
        if isUnread, !kept.saysMessage, kept.namesSecretItem { return nil }
        return kept.isEmpty ? nil : kept
    }
}

extension [UInt8] {
    /// More of them than anybody means, behind which a quote may yet close a name that came before.
    fileprivate var endsInBackslashes: Bool {
        last == UInt8(ascii: "\\") && suffix(256).allSatisfy { $0 == UInt8(ascii: "\\") }
    }

    /// Whether a member or an item of a form in it has a secret's name.
    var namesSecretItem: Bool {
        if SecretNames.standQuoted(in: span.bytes) { return true }
        var start = 0
        for index in indices {
            switch self[index] {
            case UInt8(ascii: "&"), UInt8(ascii: ";"), UInt8(ascii: "?"), 10, 13: start = index + 1
            case UInt8(ascii: "="):
                if SecretNames.isSecretItem(span.bytes.extracting(start..<index)) { return true }
                start = index + 1
            default: continue
            }
        }
        return false
    }

    /// Whether gzip data may begin in it with a name, a comment or other text in its head. (RFC 1952 §2.3)
    fileprivate var hasGzipText: Bool {
        guard count > 3 else { return false }
        for index in 0..<count - 3 where self[index] == 0x1F && self[index + 1] == 0x8B && self[index + 2] == 8 {
            if self[index + 3] & 0x1C != 0 { return true }
        }
        return false
    }
}

extension [UInt8] {
    /// How many masks stand in the text.
    fileprivate var maskCount: Int64 {
        var count: Int64 = 0
        var rest = self[...]
        while let start = rest.firstRange(of: Array("hmac:".utf8)) {
            rest = rest[start.upperBound...]
            if rest.count >= 16, rest.prefix(16).allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) { count += 1 }
        }
        return count
    }
}
