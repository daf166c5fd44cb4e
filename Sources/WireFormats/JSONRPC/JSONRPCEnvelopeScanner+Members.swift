extension JSONRPCEnvelopeScanner {
    /// The message itself.
    mutating func scanMessage() -> Bool {
        members { scanner, key in
            switch key.end - key.start {
            case 2 where scanner.cursor.matches(key, "id"): scanner.takeID()
            case 5 where scanner.cursor.matches(key, "error"): scanner.takeError()
            case 6 where scanner.cursor.matches(key, "method"): scanner.takeMethod()
            case 6 where scanner.cursor.matches(key, "params"): scanner.takeParams()
            case 6 where scanner.cursor.matches(key, "result"): scanner.takeResult()
            case 7 where scanner.cursor.matches(key, "jsonrpc"): scanner.takeVersion()
            default: key.isEscaped ? scanner.takeEscaped(key) : scanner.cursor.skipValue(depth: 1)
            }
        }
    }

    /// A member of the message whose key has escapes, which is longer than its value.
    private mutating func takeEscaped(_ key: JSONCursor.Text) -> Bool {
        if cursor.matches(key, "id") { return takeID() }
        if cursor.matches(key, "error") { return takeError() }
        if cursor.matches(key, "method") { return takeMethod() }
        if cursor.matches(key, "params") { return takeParams() }
        if cursor.matches(key, "result") { return takeResult() }
        if cursor.matches(key, "jsonrpc") { return takeVersion() }
        return cursor.skipValue(depth: 1)
    }

    private mutating func takeVersion() -> Bool {
        version = .wrong
        guard type == .string else { return cursor.skipValue(depth: 1) }
        guard let text = cursor.skipString() else { return false }
        if cursor.matches(text, "2.0") { version = .right }
        return true
    }

    private mutating func takeID() -> Bool {
        idType = type
        guard let part = take(depth: 1) else { return false }
        envelope.parts.id = part
        return true
    }

    private mutating func takeMethod() -> Bool {
        methodType = type
        guard let method = takeString(depth: 1) else { return false }
        envelope.parts.method = method.part
        envelope.methodHasEscapes = method.isEscaped
        return true
    }

    private mutating func takeError() -> Bool {
        errorType = type
        envelope.errorCode = nil
        let start = cursor.position
        guard errorType == .object ? scanError() : cursor.skipValue(depth: 1) else { return false }
        envelope.parts.error = JSONRPCEnvelope.Part(start..<cursor.position)
        return true
    }

    private mutating func scanError() -> Bool {
        members { scanner, key in
            guard scanner.cursor.matches(key, "code") else { return scanner.cursor.skipValue(depth: 2) }
            let start = scanner.cursor.position
            guard scanner.cursor.skipValue(depth: 2) else { return false }
            let digits = UnsafeRawBufferPointer(
                start: scanner.cursor.base + start, count: scanner.cursor.position - start)
            scanner.envelope.errorCode = JSONScan.integer(digits)
            return true
        }
    }
}
