import Scenario
import WireFormats

/// Which exchange carries what, and how many events came on streams that are to be cut.
struct StreamsWatched {
    /// Steps whose streams are cut; nil stands for the listening stream.
    private var cut: Set<Int?> = []
    /// The machine's number of the call that an exchange carries.
    private var callOf: [UInt32: UInt32] = [:]
    private var parsers: [UInt32: EventStreamParser] = [:]
    /// The exchange that is to be the listening stream, and whether it has begun or come to nothing.
    private(set) var listening: UInt32?
    private(set) var isListening = false

    mutating func watch(_ steps: [ScenarioStep]) {
        for step in steps { if case .cutStream(let target, _) = step.kind { cut.insert(target) } }
    }

    mutating func listens(_ exchange: UInt32) {
        listening = exchange
        isListening = false
    }

    mutating func carries(_ exchange: UInt32, call: UInt32) { callOf[exchange] = call }

    mutating func forget(_ exchange: UInt32) {
        callOf[exchange] = nil
        parsers[exchange] = nil
    }

    func call(of exchange: UInt32) -> UInt32? { callOf[exchange] }
    func exchange(of call: UInt32) -> UInt32? { callOf.first { $0.value == call }?.key }

    /// Whether with this exchange it is settled what becomes of the listening stream.
    mutating func listeningBegan(_ exchange: UInt32) -> Bool {
        guard exchange == listening, !isListening else { return false }
        isListening = true
        return true
    }

    /// Counts the events that end in these bytes, where `step` (nil: the listening stream) is to be cut.
    mutating func count(_ bytes: RawSpan, of exchange: UInt32, step: Int?) -> Int {
        guard cut.contains(step) else { return 0 }
        var parser = parsers[exchange] ?? EventStreamParser(blockLimit: 64 << 20)
        var (position, count) = (0, 0)
        reading: while true {
            switch parser.next(in: bytes, from: &position) {
            case .needsMore, .overlong: break reading
            case .block: count += 1
            }
        }
        parsers[exchange] = parser
        return count
    }
}
