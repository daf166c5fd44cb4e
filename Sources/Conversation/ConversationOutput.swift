import WireFormats

/// Where conversations put what they want done. One serves any number of them, one after the other: a driver feeds a
/// machine, carries the actions out, and clears it. Its room is kept, so that a steady conversation allocates nothing.
package struct ConversationOutput: ~Copyable {
    /// Room beyond which the bytes are let go when they are cleared.
    private static let keptBytes = 1 << 20
    private static let keptSpares = 8

    package private(set) var actions: [ConversationAction] = []
    package private(set) var bytes: [UInt8] = []
    /// Buffers that machines borrow while a body is incomplete.
    private var spares: [[UInt8]] = []

    package init() {
        actions.reserveCapacity(16)
        bytes.reserveCapacity(16 << 10)
        spares.reserveCapacity(Self.keptSpares)
    }

    /// Forgets what was carried out.
    package mutating func clear() {
        actions.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: bytes.capacity <= Self.keptBytes)
    }

    /// The bytes that a slice names; of use until the next `clear`.
    package func withBytes<Result>(of slice: ByteSlice, _ body: (RawSpan) -> Result) -> Result {
        body(bytes.span.bytes.extracting(slice.range))
    }

    /// A copy of the bytes that a slice names.
    package func copy(of slice: ByteSlice) -> [UInt8] { [UInt8](bytes[slice.range]) }

    mutating func append(_ action: ConversationAction) { actions.append(action) }

    /// Where the next byte will stand.
    var end: Int { bytes.count }
    func slice(from start: Int) -> ByteSlice { ByteSlice(start, bytes.count) }

    mutating func write(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
    mutating func write(_ text: [UInt8]) { bytes.append(contentsOf: text) }
    mutating func write(_ byte: UInt8) { bytes.append(byte) }
    mutating func write(_ span: RawSpan) { span.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    mutating func write(_ span: RawSpan, _ range: Range<Int>) { write(span.extracting(range)) }

    /// Writes a number in decimal digits.
    mutating func write(_ number: Int) {
        guard number >= 10 else { return write(UInt8(ascii: "0") + UInt8(number)) }
        write(number / 10)
        write(UInt8(ascii: "0") + UInt8(number % 10))
    }

    /// Gives the data of an event block its place among the bytes.
    mutating func writeData(_ fields: BlockFields, of block: RawSpan) -> ByteSlice {
        let start = end
        fields.appendData(of: block, to: &bytes)
        return slice(from: start)
    }

    /// Writes bytes that stand in the output already once more.
    mutating func rewrite(_ range: Range<Int>) {
        bytes.reserveCapacity(bytes.count + range.count)
        for index in range { bytes.append(bytes[index]) }
    }

    /// Lends a buffer, empty and with room.
    mutating func borrow() -> [UInt8] { spares.popLast() ?? [] }

    /// Takes a buffer back. A large one is let go.
    mutating func giveBack(_ buffer: consuming [UInt8]) {
        guard buffer.capacity > 0, buffer.capacity <= Self.keptBytes, spares.count < Self.keptSpares else { return }
        buffer.removeAll(keepingCapacity: true)
        spares.append(buffer)
    }
}
