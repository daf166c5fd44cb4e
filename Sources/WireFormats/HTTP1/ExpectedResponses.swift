/// What the next responses on a connection answer, oldest first, in two bits each: only HEAD and CONNECT change the
/// framing of a response (`RFC 9112 §6.3`).
struct ExpectedResponses: Sendable {
    enum Request: UInt64, Sendable { case ordinary, head, connect }

    /// The oldest up to 32.
    private var word: UInt64 = 0
    private var wordCount: UInt8 = 0
    /// The others; filled only by clients that pipeline deeply.
    private var overflow: [Request] = []

    var count: Int { Int(wordCount) + overflow.count }

    var first: Request? { wordCount == 0 ? nil : Request(rawValue: word & 3) }

    mutating func append(_ method: RequestMethodKind) {
        let request: Request =
            switch method {
            case .head: .head
            case .connect: .connect
            default: .ordinary
            }
        if wordCount < 32, overflow.isEmpty {
            word |= request.rawValue << (2 * UInt64(wordCount))
            wordCount += 1
        } else {
            overflow.append(request)
        }
    }

    mutating func removeFirst() {
        guard wordCount > 0 else { return }
        word >>= 2
        wordCount -= 1
        guard wordCount == 0, !overflow.isEmpty else { return }
        for request in overflow.prefix(32) {
            word |= request.rawValue << (2 * UInt64(wordCount))
            wordCount += 1
        }
        overflow.removeFirst(Int(wordCount))
    }
}
