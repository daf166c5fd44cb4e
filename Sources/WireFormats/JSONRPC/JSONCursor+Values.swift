extension JSONCursor {
    /// What kinds of container stand around the position, one bit each; no heap and no recursion, so that a hostile
    /// text costs neither.
    private struct Containers {
        private var bits = InlineArray<8, UInt64>(repeating: 0)
        private(set) var count = 0

        mutating func push(isObject: Bool) {
            let bit: UInt64 = 1 << UInt64(count & 63)
            if isObject { bits[count >> 6] |= bit } else { bits[count >> 6] &= ~bit }
            count &+= 1
        }

        mutating func pop() { count &-= 1 }

        var isInObject: Bool { bits[(count &- 1) >> 6] >> UInt64((count &- 1) & 63) & 1 == 1 }
    }

    private enum Opened { case scalar, empty, container, invalid }

    /// Passes white space and a value, checking all of it.
    ///
    /// - Parameter depth: how many containers the caller has entered around it.
    mutating func skipValue(depth: Int) -> Bool {
        skipWhitespace()
        // Scalars, which most values are, need no stack.
        switch current {
        case UInt8(ascii: "{"), UInt8(ascii: "["): return skipContainer(depth: depth)
        default: return skipScalar()
        }
    }

    private mutating func skipContainer(depth: Int) -> Bool {
        var containers = Containers()
        while true {
            switch open(&containers, depth: depth) {
            case .invalid: return false
            case .container: continue
            case .scalar, .empty:
                guard let isDone = close(&containers) else { return false }
                if isDone { return true }
            }
        }
    }

    /// Passes a scalar, or goes into a container up to its first value.
    @inline(__always)
    private mutating func open(_ containers: inout Containers, depth: Int) -> Opened {
        skipWhitespace()
        let isObject = current == UInt8(ascii: "{")
        guard isObject || current == UInt8(ascii: "[") else { return skipScalar() ? .scalar : .invalid }
        guard depth &+ containers.count < Self.maximumDepth else { return .invalid }
        position &+= 1
        skipWhitespace()
        if pass(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { return .empty }
        containers.push(isObject: isObject)
        return !isObject || skipKey() ? .container : .invalid
    }

    /// Behind a value: passes a comma, or the ends of containers. True where the outermost has ended; nil where
    /// neither comma nor end follows.
    @inline(__always)
    private mutating func close(_ containers: inout Containers) -> Bool? {
        while containers.count > 0 {
            skipWhitespace()
            let isObject = containers.isInObject
            if pass(UInt8(ascii: ",")) {
                guard isObject else { return false }
                skipWhitespace()
                return skipKey() ? false : nil
            }
            guard pass(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { return nil }
            containers.pop()
        }
        return true
    }

    @inline(__always)
    private mutating func skipKey() -> Bool {
        guard skipString() != nil else { return false }
        skipWhitespace()
        return pass(UInt8(ascii: ":"))
    }

    @inline(__always)
    private mutating func skipScalar() -> Bool {
        switch current {
        case UInt8(ascii: "\""): skipString() != nil
        case UInt8(ascii: "t"): skipLiteral("true")
        case UInt8(ascii: "f"): skipLiteral("false")
        case UInt8(ascii: "n"): skipLiteral("null")
        default: skipNumber()
        }
    }
}

extension JSONCursor {
    enum Member {
        /// The key of a member; the position is before its value.
        case key(Text)
        case end
        case invalid
    }

    /// Steps to the next member of the object that the position is in.
    ///
    /// - Parameter isFirst: the position is just behind the opening brace; otherwise it is just behind a value.
    @inline(__always)
    mutating func nextMember(isFirst: Bool) -> Member {
        skipWhitespace()
        if pass(UInt8(ascii: "}")) { return .end }
        if !isFirst {
            guard pass(UInt8(ascii: ",")) else { return .invalid }
            skipWhitespace()
        }
        guard let key = skipString() else { return .invalid }
        skipWhitespace()
        guard pass(UInt8(ascii: ":")) else { return .invalid }
        skipWhitespace()
        return .key(key)
    }

    enum Element { case value, end, invalid }

    /// Steps before the next element of the array that the position is in.
    @inline(__always)
    mutating func nextElement(isFirst: Bool) -> Element {
        skipWhitespace()
        if pass(UInt8(ascii: "]")) { return .end }
        guard isFirst || pass(UInt8(ascii: ",")) else { return .invalid }
        skipWhitespace()
        return .value
    }
}
