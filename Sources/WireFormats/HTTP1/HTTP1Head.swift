/// The head of one message: what frames it, and where its pieces lie in the bytes of the head.
///
/// All ranges count from the first byte of the start line. The head does not own its bytes; see
/// `HTTP1Parser.withHeadBytes(in:_:)`.
package struct HTTP1Head: Sendable {
    /// How the content of a message is delimited, `RFC 9112 §6.3`.
    package enum Framing: Sendable, Hashable {
        /// No content; `.end` follows at once (behind a 1xx head the next head does).
        case none
        /// So many bytes follow.
        case length(UInt64)
        case chunked
        /// A response that ends with its connection.
        case untilClose
        /// No HTTP from here on: 101, or 2xx to CONNECT (`RFC 9110 §9.3.6`). What follows is given as body.
        case tunnel
    }

    /// Where one field line has its name and its value (blanks around it removed).
    package struct Field: Sendable, Hashable {
        package let name: Range<Int>
        package let value: Range<Int>
    }

    /// Ranges in half the room of `Range<Int>`.
    struct Slot: Sendable {
        var lower: UInt32 = 0
        var upper: UInt32 = 0

        init() {}
        init(_ range: Range<Int>) {
            lower = UInt32(truncatingIfNeeded: range.lowerBound)
            upper = UInt32(truncatingIfNeeded: range.upperBound)
        }
        var range: Range<Int> { Int(lower)..<Int(upper) }
    }

    struct FieldSlot: Sendable {
        var name: Slot
        var value: Slot
    }

    struct Flags: OptionSet, Sendable {
        let rawValue: UInt8
        static let keepAlive = Flags(rawValue: 1)
        static let expectContinue = Flags(rawValue: 2)
        static let upgrade = Flags(rawValue: 4)
    }

    package internal(set) var framing = Framing.none
    /// What was irregular, so far; complete when `.end` was given. Under `.strict` only what harms no framing.
    package internal(set) var deviations = HTTP1Deviations()
    var methodSlot = Slot()
    var targetSlot = Slot()
    var reasonSlot = Slot()
    var fields: [FieldSlot] = []
    var statusCode: UInt16 = 0
    var minor: UInt8 = 1
    var flags: Flags = []
    /// Request: its method. Response: `.other`.
    package internal(set) var method = RequestMethodKind.other

    init() {}

    /// Request: where the method is spelled.
    package var methodRange: Range<Int> { methodSlot.range }
    /// Request: where the target is.
    package var targetRange: Range<Int> { targetSlot.range }
    /// Response: where the reason phrase is; may be empty.
    package var reasonRange: Range<Int> { reasonSlot.range }
    /// Response: its status code; 0 for a request.
    package var status: Int { Int(statusCode) }
    /// The `x` of `HTTP/1.x`.
    package var minorVersion: Int { Int(minor) }
    /// May the connection carry a further message behind this one (`RFC 9112 §9.3`)? It says nothing about the other
    /// direction's message, which may end the connection as well.
    package var keepAlive: Bool { flags.contains(.keepAlive) }
    /// Does the client wait for 100 before it sends content (`RFC 9110 §10.1.1`)?
    package var expectContinue: Bool { flags.contains(.expectContinue) }
    /// Request: asks for another protocol (`Upgrade` named by `Connection`). Response: 101, it was switched.
    package var isUpgrade: Bool { flags.contains(.upgrade) }
    /// A 1xx response other than 101: another head follows it, without `.end` in between.
    package var isInformational: Bool { (100..<200).contains(statusCode) && statusCode != 101 }

    package var fieldCount: Int { fields.count }

    /// The field line with the index `index`, in order of appearance.
    package func field(_ index: Int) -> Field {
        Field(name: fields[index].name.range, value: fields[index].value.range)
    }

    /// Where the value of the first field called `name` (any case) is in `bytes`, the bytes of this head.
    package func first(named name: StaticString, in bytes: RawSpan) -> Range<Int>? {
        bytes.withUnsafeBytes { buffer in
            fields.first { ASCII.equalsIgnoringCase(buffer, $0.name.range, name) }?.value.range
        }
    }

    /// How many field lines are called `name` (any case) in `bytes`, the bytes of this head.
    package func count(named name: StaticString, in bytes: RawSpan) -> Int {
        bytes.withUnsafeBytes { buffer in
            fields.count { ASCII.equalsIgnoringCase(buffer, $0.name.range, name) }
        }
    }

    /// Calls `body` for each field line, in order of appearance.
    package func forEachField<Failure: Error>(_ body: (Field) throws(Failure) -> Void) throws(Failure) {
        for slot in fields { try body(Field(name: slot.name.range, value: slot.value.range)) }
    }

    /// Forgets the message; keeps the room of the table.
    mutating func reset() {
        framing = .none
        deviations = HTTP1Deviations()
        reasonSlot = Slot()
        if fields.capacity == 0 { fields.reserveCapacity(16) } else { fields.removeAll(keepingCapacity: true) }
        statusCode = 0
        flags = []
        method = .other
    }
}
