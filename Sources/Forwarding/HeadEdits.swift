import NIOCore
import WireFormats

/// Changes to the bytes of a head; what they do not name stays byte for byte.
struct HeadEdits {
    /// Ranges in the head with what replaces them; no two overlap.
    private(set) var replacements: [(range: Range<Int>, bytes: [UInt8])] = []
    private(set) var notes: [TapEdit] = []

    var isEmpty: Bool { replacements.isEmpty }

    mutating func replace(_ range: Range<Int>, with bytes: [UInt8]) {
        replacements.append((range, bytes))
    }

    mutating func note(_ edit: TapEdit) { notes.append(edit) }

    /// Writes the head with the changes made; returns how far they moved the byte at `offset`.
    func write(_ head: UnsafeRawBufferPointer, to output: inout ByteBuffer, trackingShiftAt offset: Int) -> Int {
        write(head, to: &output)
        return replacements.reduce(0) { shift, edit in
            edit.range.upperBound <= offset ? shift + edit.bytes.count - edit.range.count : shift
        }
    }

    /// Writes the head with the changes made.
    func write(_ head: UnsafeRawBufferPointer, to output: inout ByteBuffer) {
        var cursor = 0
        for edit in replacements.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            output.writeBytes(UnsafeRawBufferPointer(rebasing: head[cursor..<edit.range.lowerBound]))
            output.writeBytes(edit.bytes)
            cursor = edit.range.upperBound
        }
        output.writeBytes(UnsafeRawBufferPointer(rebasing: head[cursor...]))
    }
}

/// Reads the field lines of a head.
struct HeadView {
    let bytes: UnsafeRawBufferPointer
    let head: HTTP1Head

    func isNamed(_ field: HTTP1Head.Field, _ name: StaticString) -> Bool {
        equalsIgnoringCase(field.name, name)
    }

    /// Compares with `text`, which is lower case.
    func equalsIgnoringCase(_ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        return startsIgnoringCase(range, text)
    }

    /// Compares the beginning with `text`, which is lower case.
    func startsIgnoringCase(_ range: Range<Int>, _ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard range.count >= count else { return false }
        let start = text.utf8Start
        for index in 0..<count where Self.lowercase(bytes[range.lowerBound + index]) != start[index] { return false }
        return true
    }

    func text(_ range: Range<Int>) -> String { String(latin1: bytes[range]) }

    func lowercasedText(_ range: Range<Int>) -> String {
        String(latin1: bytes[range].lazy.map(Self.lowercase))
    }

    /// The whole line of a field, with its line end.
    func line(_ field: HTTP1Head.Field) -> Range<Int> {
        var end = field.value.upperBound
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        return field.name.lowerBound..<min(end + 1, bytes.count)
    }

    /// The elements of a comma-separated value, blanks removed, empty ones left out.
    func elements(_ value: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = value.lowerBound
        while start < value.upperBound {
            var end = start
            while end < value.upperBound, bytes[end] != UInt8(ascii: ",") { end += 1 }
            var (lower, upper) = (start, end)
            while lower < upper, Self.isBlank(bytes[lower]) { lower += 1 }
            while lower < upper, Self.isBlank(bytes[upper - 1]) { upper -= 1 }
            if lower < upper { result.append(lower..<upper) }
            start = end + 1
        }
        return result
    }

    @inline(__always)
    static func lowercase(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
