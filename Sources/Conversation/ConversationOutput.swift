import WireFormats

/// Where conversations put what they want done. One serves any number of them, one after the other: a driver feeds a
/// machine, carries the actions out, and clears it. Its room is kept, so that a steady conversation allocates nothing.
package struct ConversationOutput: ~Copyable {
    /// Room beyond which the bytes are let go when they are cleared.
    private static let keptBytes = 1 << 20
    /// How much room, in how many buffers, is kept to be lent.
    private static let keptSpares = (count: 256, bytes: 1 << 20)
    /// The room of a buffer that a machine may hold for long.
    private static let smallBuffer = 64
    /// The room that any other has at least.
    private static let largeBuffer = 512

    package private(set) var actions: [ConversationAction] = []
    package private(set) var bytes: [UInt8] = []
    /// Buffers that machines borrow while a body is incomplete.
    private var spares: [[UInt8]] = []
    private var spareBytes = 0
    /// Small ones, which machines borrow for as long as a stream lasts.
    private var smallSpares: [[UInt8]] = []

    package init() {
        actions.reserveCapacity(16)
        bytes.reserveCapacity(16 << 10)
        spares.reserveCapacity(8)
        smallSpares.reserveCapacity(8)
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
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: range.count))
        bytes.withUnsafeMutableBytes { all in
            UnsafeMutableRawBufferPointer(rebasing: all[start...]).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: all[range]))
        }
    }

    /// Lends a buffer, empty and with room.
    mutating func borrow() -> [UInt8] {
        if let buffer = spares.popLast() {
            spareBytes -= buffer.capacity
            return buffer
        }
        var buffer: [UInt8] = []
        buffer.reserveCapacity(Self.largeBuffer)
        return buffer
    }

    /// Lends a buffer that has little room, so that it may be held for long.
    mutating func borrowSmall() -> [UInt8] {
        if let buffer = smallSpares.popLast() { return buffer }
        var buffer: [UInt8] = []
        buffer.reserveCapacity(Self.smallBuffer)
        return buffer
    }

    /// Takes a buffer back. One that has no place is let go.
    mutating func takeBack(_ buffer: inout [UInt8]) {
        let room = buffer.capacity
        guard room > 0 else { return }
        // In place: emptying one of two references would make a new buffer.
        buffer.removeAll(keepingCapacity: true)
        defer { buffer = [] }
        if room <= 2 * Self.smallBuffer {
            if smallSpares.count < Self.keptSpares.count { smallSpares.append(buffer) }
        } else if spares.count < Self.keptSpares.count, spareBytes + room <= Self.keptSpares.bytes {
            spareBytes += room
            spares.append(buffer)
        }
    }
}
