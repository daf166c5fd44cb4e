/// What one line of an event stream says, and where in the line its value begins. (WHATWG HTML §9.2.6)
struct EventStreamLine {
    enum Field: UInt8 {
        case comment, event, data, id, retry
        /// Any name but the four; a reader ignores the line.
        case unknown
    }

    let field: Field
    /// Offset of the value within the line: behind the name, the colon and one space, as far as they are there.
    let valueStart: Int

    /// Reads a line without its line end; it must not be empty.
    ///
    /// Names are compared byte for byte: `Data`, ` data` and `data\0` are unknown. A line without a colon is a name
    /// with an empty value; of the blanks behind a colon one U+0020 is dropped, never a tab.
    @inline(__always)
    init(_ line: UnsafeRawBufferPointer) {
        let named: Field
        let start: Int?
        switch line[0] {
        case UInt8(ascii: ":"): (named, start) = (.comment, 1)
        case UInt8(ascii: "d"): (named, start) = (.data, Self.valueStart(in: line, named: "data"))
        case UInt8(ascii: "e"): (named, start) = (.event, Self.valueStart(in: line, named: "event"))
        case UInt8(ascii: "i"): (named, start) = (.id, Self.valueStart(in: line, named: "id"))
        case UInt8(ascii: "r"): (named, start) = (.retry, Self.valueStart(in: line, named: "retry"))
        default: (named, start) = (.unknown, nil)
        }
        self.field = start == nil ? .unknown : named
        self.valueStart = start ?? line.count
    }

    /// Where the value begins, or nil where the line's name is another.
    @inline(__always)
    private static func valueStart(in line: UnsafeRawBufferPointer, named name: StaticString) -> Int? {
        let length = name.utf8CodeUnitCount
        guard line.count >= length, starts(line, with: name) else { return nil }
        guard line.count > length else { return length }
        guard line[length] == UInt8(ascii: ":") else { return nil }
        let hasSpace = line.count > length + 1 && line[length + 1] == UInt8(ascii: " ")
        return length + (hasSpace ? 2 : 1)
    }

    @inline(__always)
    private static func starts(_ line: UnsafeRawBufferPointer, with name: StaticString) -> Bool {
        for offset in 0..<name.utf8CodeUnitCount where line[offset] != name.utf8Start[offset] { return false }
        return true
    }

    /// The value of a `retry` field in milliseconds, or nil where it is not ASCII digits alone.
    ///
    /// Numbers beyond `Int.max` count as `Int.max`: the standard sets no bound.
    static func milliseconds(_ value: UnsafeRawBufferPointer) -> Int? {
        guard !value.isEmpty else { return nil }
        var total = 0
        for byte in value {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            let (product, high) = total.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            total = high || carry ? Int.max : sum
        }
        return total
    }
}
