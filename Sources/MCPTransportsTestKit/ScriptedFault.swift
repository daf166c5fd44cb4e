/// What goes wrong with a scripted response on the wire.
///
/// Byte counts are of the response as it travels: status line, header fields, and content with its chunk framing.
public enum ScriptedFault: Sendable, Hashable {
    /// Nothing is said after so many bytes, until ``ScriptedExpectation/release()``.
    case stall(after: Int)
    /// The response is written in pieces of so many bytes, each by a system call of its own. A reader gets them apart or
    /// together, as TCP pleases.
    case split(every: Int)
    /// The connection ends after so many bytes: with a FIN, or with a reset, which may overtake bytes that the client has
    /// not read.
    case cut(after: Int, reset: Bool)
    /// The event with this number in the stream, from 0, is sent twice.
    case duplicate(event: Int)
    /// The response has this status instead of the right one.
    case wrongStatus(Int)

    /// Nothing is said at all, until ``ScriptedExpectation/release()``.
    public static let stall = ScriptedFault.stall(after: 0)
    /// The connection is reset instead of a response.
    public static let drop = ScriptedFault.cut(after: 0, reset: true)
    /// The connection ends with a FIN after so many bytes.
    public static func cut(after count: Int) -> ScriptedFault { .cut(after: count, reset: false) }
}

/// Applies the faults of one response to its bytes: bytes in, steps of the connection out. Pure.
struct FaultyWire: Sendable {
    enum Step: Sendable, Hashable {
        case bytes([UInt8])
        /// The response is complete.
        case complete
        /// End the connection with a FIN.
        case end
        /// Reset the connection.
        case reset
    }

    private var pieceSize = Int.max
    private var stallAfter = Int.max
    private var cutAfter = Int.max
    private var cut = Step.end
    private var duplicated: Set<Int> = []
    private(set) var wrongStatus: Int?
    private var written = 0
    private var events = 0
    private var held: [UInt8] = []
    private var isCompletionHeld = false
    private(set) var isOver = false

    init(_ faults: [ScriptedFault] = []) {
        for fault in faults {
            switch fault {
            case .stall(let count): stallAfter = max(0, count)
            case .split(let count): pieceSize = max(1, count)
            case .cut(let count, let reset):
                cutAfter = max(0, count)
                cut = reset ? .reset : .end
            case .duplicate(let event): duplicated.insert(event)
            case .wrongStatus(let status): wrongStatus = status
            }
        }
    }

    /// The response begins, before its first byte.
    mutating func begin() -> [Step] { write([]) }

    /// How often the next event is sent.
    mutating func copiesOfNextEvent() -> Int {
        defer { events += 1 }
        return duplicated.contains(events) ? 2 : 1
    }

    mutating func write(_ bytes: [UInt8]) -> [Step] {
        guard !isOver else { return [] }
        let room = min(stallAfter, cutAfter) - written
        var steps: [Step] = []
        if held.isEmpty {
            steps = pieces(bytes.prefix(room))
            if bytes.count > room, cutAfter > stallAfter { held = Array(bytes.dropFirst(room)) }
        } else {
            held += bytes
        }
        if written >= cutAfter {
            isOver = true
            steps.append(cut)
        }
        return steps
    }

    /// Nothing more is written: the connection was ended.
    mutating func abandon() { isOver = true }

    mutating func complete() -> [Step] {
        guard !isOver else { return [] }
        guard written < stallAfter else {
            isCompletionHeld = true
            return []
        }
        isOver = true
        return [.complete]
    }

    /// Ends a stall.
    mutating func release() -> [Step] {
        stallAfter = Int.max
        let bytes = held
        held = []
        let steps = write(bytes)
        return steps + (isCompletionHeld ? complete() : [])
    }

    private mutating func pieces(_ bytes: ArraySlice<UInt8>) -> [Step] {
        written += bytes.count
        return stride(from: bytes.startIndex, to: bytes.endIndex, by: min(pieceSize, max(1, bytes.count))).map {
            start in
            .bytes(Array(bytes[start..<min(bytes.endIndex, start + min(pieceSize, bytes.count))]))
        }
    }
}
