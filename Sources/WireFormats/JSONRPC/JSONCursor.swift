/// Reads JSON text token by token, in place, and holds it to RFC 8259.
///
/// The functions that skip return false where the text breaks the grammar; the position then means nothing.
struct JSONCursor {
    /// Containers within containers, as many as Foundation's decoders take, so that both agree on deep texts.
    static let maximumDepth = 512

    let base: UnsafeRawPointer
    let end: Int
    var position: Int

    /// Nil for an empty text, which is no JSON.
    init?(_ bytes: UnsafeRawBufferPointer, from position: Int = 0) {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return nil }
        self.base = base
        self.end = bytes.count
        self.position = position
    }

    @inline(__always)
    func byte(at index: Int) -> UInt8 { base.load(fromByteOffset: index, as: UInt8.self) }

    /// The byte at the position, or 0, which no token begins with, at the end.
    @inline(__always)
    var current: UInt8 { position < end ? byte(at: position) : 0 }

    /// Space, tab, LF and CR. (RFC 8259 §2)
    @inline(__always)
    mutating func skipWhitespace() {
        while position < end {
            let byte = byte(at: position)
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position &+= 1
        }
    }

    /// Passes `byte` where it is next.
    @inline(__always)
    mutating func pass(_ expected: UInt8) -> Bool {
        guard current == expected else { return false }
        position &+= 1
        return true
    }

    /// Passes white space and true where nothing follows.
    mutating func isAtEnd() -> Bool {
        skipWhitespace()
        return position == end
    }

    mutating func skipLiteral(_ literal: StaticString) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard end &- position >= length else { return false }
        for offset in 0..<length where byte(at: position &+ offset) != literal.utf8Start[offset] { return false }
        position &+= length
        return true
    }

    /// RFC 8259 §6: no leading zero, no plus, digits on both sides of the point. Any size is valid.
    mutating func skipNumber() -> Bool {
        if current == UInt8(ascii: "-") { position &+= 1 }
        if current == UInt8(ascii: "0") {
            position &+= 1
        } else {
            guard skipDigits() else { return false }
        }
        if current == UInt8(ascii: ".") {
            position &+= 1
            guard skipDigits() else { return false }
        }
        if current | 0x20 == UInt8(ascii: "e") {
            position &+= 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position &+= 1 }
            guard skipDigits() else { return false }
        }
        return true
    }

    /// Passes one digit or more.
    @inline(__always)
    private mutating func skipDigits() -> Bool {
        let start = position
        while position < end, byte(at: position) &- 0x30 < 10 { position &+= 1 }
        return position > start
    }
}
