extension JSONRPCEnvelope {
    static func scan(_ bytes: UnsafeRawBufferPointer) -> JSONRPCEnvelope {
        guard bytes.count <= Int(UInt32.max) else { return JSONRPCEnvelope(.tooLong) }
        guard let cursor = JSONCursor(bytes) else { return JSONRPCEnvelope(.notJSON) }
        var scanner = JSONRPCEnvelopeScanner(cursor)
        return scanner.scan()
    }

    init(_ invalidity: Invalidity) {
        self.init()
        self.invalidity = invalidity
    }
}

/// One walk over a message: goes into the objects that have parts of the envelope, skips every other value.
struct JSONRPCEnvelopeScanner {
    enum Version { case missing, wrong, right }
    enum Value { case none, null, string, number, boolean, object, array }

    var cursor: JSONCursor
    var envelope = JSONRPCEnvelope()
    var version = Version.missing
    var idType = Value.none
    var methodType = Value.none
    var paramsType = Value.none
    var resultType = Value.none
    var errorType = Value.none
    /// Candidates until the method is known and `params` is read.
    var metaToken = JSONRPCEnvelope.Part()
    var directToken = JSONRPCEnvelope.Part()
    /// Candidates of `params` and of `result`, of which the kind of the message chooses.
    var asked = Continuation()
    var answered = Continuation()
    /// Candidates for the name in order of preference.
    var names = InlineArray<4, Candidate>(repeating: Candidate())

    struct Candidate {
        var part = JSONRPCEnvelope.Part()
        var isEscaped = false
    }

    /// What later messages refer to.
    struct Continuation {
        var requestState = JSONRPCEnvelope.Part()
        var taskID = JSONRPCEnvelope.Part()
    }

    init(_ cursor: JSONCursor) { self.cursor = cursor }

    mutating func scan() -> JSONRPCEnvelope {
        cursor.skipWhitespace()
        guard type == .object else {
            let isArray = type == .array
            guard cursor.skipValue(depth: 0), cursor.isAtEnd() else { return JSONRPCEnvelope(.notJSON) }
            return JSONRPCEnvelope(isArray ? .batch : .notObject)
        }
        guard scanMessage(), cursor.isAtEnd() else { return JSONRPCEnvelope(.notJSON) }
        choose()
        judge()
        return envelope
    }

    /// The type of the value at the position; `none` where none begins.
    @inline(__always)
    var type: Value {
        switch cursor.current {
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "n"): .null
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): .number
        default: .none
        }
    }

    /// Passes a value and gives its place, or nil where the text is no JSON.
    @inline(__always)
    mutating func take(depth: Int) -> JSONRPCEnvelope.Part? {
        let start = cursor.position
        return cursor.skipValue(depth: depth) ? JSONRPCEnvelope.Part(start..<cursor.position) : nil
    }

    /// The same where the value is of a type that counts; any other is passed and gives the empty part.
    @inline(__always)
    mutating func take(depth: Int, if counts: Bool) -> JSONRPCEnvelope.Part? {
        let part = take(depth: depth)
        return part != nil && !counts ? JSONRPCEnvelope.Part() : part
    }

    /// Passes a value and gives the place of a string, and whether it has escapes.
    mutating func takeString(depth: Int) -> Candidate? {
        guard type == .string else { return cursor.skipValue(depth: depth) ? Candidate() : nil }
        guard let text = cursor.skipString() else { return nil }
        return Candidate(part: JSONRPCEnvelope.Part(text.start - 1..<text.end + 1), isEscaped: text.isEscaped)
    }

    /// Passes an object, giving each member to `take`; the position is before the value then.
    @inline(__always)
    mutating func members(_ take: (inout JSONRPCEnvelopeScanner, JSONCursor.Text) -> Bool) -> Bool {
        guard cursor.pass(UInt8(ascii: "{")) else { return false }
        var isFirst = true
        while true {
            switch cursor.nextMember(isFirst: isFirst) {
            case .end: return true
            case .invalid: return false
            case .key(let key):
                isFirst = false
                guard take(&self, key) else { return false }
            }
        }
    }
}
