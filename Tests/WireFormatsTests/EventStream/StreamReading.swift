import TestSupport
import WireFormats

/// What a stream gave when it was read in chunks.
struct StreamReading: Equatable {
    var blocks: [ServerSentBlock] = []
    var end: ServerSentBlock?
    var endOffsets: [Int] = []

    var all: [ServerSentBlock] { blocks + (end.map { [$0] } ?? []) }
    var joined: [UInt8] { all.flatMap(\.raw) }

    init(_ chunks: [[UInt8]], blockLimit: Int = 64 << 20) {
        var reader = ServerSentBlockReader(blockLimit: blockLimit)
        var before = 0
        for chunk in chunks {
            reader.read(chunk.span.bytes) { block, offset in
                blocks.append(block)
                endOffsets.append(before + offset)
            }
            before += chunk.count
        }
        end = reader.finish()
    }

    init(_ text: String) { self.init([Array(text.utf8)]) }

    /// The same blocks with an LF that came late given to the CR before it, as where both come together.
    ///
    /// That one byte is all in which two splits of a stream may differ.
    var normalized: [ServerSentBlock] {
        var result: [ServerSentBlock] = []
        for var block in all {
            if let last = result.indices.last, result[last].raw.last == 0x0D, block.raw.first == 0x0A {
                result[last].raw.append(0x0A)
                block.raw.removeFirst()
                if block.raw.isEmpty { continue }
            }
            result.append(block)
        }
        return result
    }

    /// The events that a source dispatches, and its state at the end.
    var events: (dispatched: [EventSourceState.Event], state: EventSourceState) {
        var state = EventSourceState()
        let dispatched = all.compactMap { state.receive($0) }
        return (dispatched, state)
    }
}

/// The ways of cutting a stream that each test of a stream takes: whole, byte by byte, and every cut in two.
func splits(of bytes: [UInt8]) -> [[[UInt8]]] {
    var ways = [[bytes], bytes.map { [$0] }]
    for cut in 0...bytes.count { ways.append([Array(bytes[..<cut]), Array(bytes[cut...])]) }
    return ways
}

/// Cuts in pieces of random length, most of them short, some empty.
func randomSplit(of bytes: [UInt8], using generator: inout SeededGenerator) -> [[UInt8]] {
    var chunks: [[UInt8]] = []
    var start = 0
    let most = Int.random(in: 1...12, using: &generator)
    while start < bytes.count {
        let end = min(bytes.count, start + Int.random(in: 0...most, using: &generator))
        chunks.append(Array(bytes[start..<end]))
        start = end
    }
    return chunks
}
