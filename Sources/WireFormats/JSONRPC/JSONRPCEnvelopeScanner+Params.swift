extension JSONRPCEnvelopeScanner {
    mutating func takeParams() -> Bool {
        paramsType = type
        forgetParams()
        let start = cursor.position
        guard paramsType == .object ? scanParams() : cursor.skipValue(depth: 1) else { return false }
        envelope.parts.params = JSONRPCEnvelope.Part(start..<cursor.position)
        return true
    }

    /// A later `params` stands for an earlier one whole.
    private mutating func forgetParams() {
        metaToken = JSONRPCEnvelope.Part()
        directToken = JSONRPCEnvelope.Part()
        names = InlineArray(repeating: Candidate())
        forgetMeta()
        envelope.parts.requestID = JSONRPCEnvelope.Part()
        envelope.parts.inputResponses = JSONRPCEnvelope.Part()
        asked = Continuation()
    }

    private mutating func forgetMeta() {
        envelope.parts.metaVersion = JSONRPCEnvelope.Part()
        envelope.parts.clientInfo = JSONRPCEnvelope.Part()
        envelope.parts.subscriptionID = JSONRPCEnvelope.Part()
    }

    private mutating func scanParams() -> Bool {
        members { scanner, key in
            if scanner.cursor.matches(key, "name") { return scanner.takeName(0, depth: 2) }
            if scanner.cursor.matches(key, "uri") { return scanner.takeName(1, depth: 2) }
            if scanner.cursor.matches(key, "ref") { return scanner.takeReference() }
            if scanner.cursor.matches(key, "_meta") { return scanner.takeMeta() }
            if scanner.cursor.matches(key, "progressToken") {
                guard let token = scanner.take(depth: 2, if: scanner.isTokenNext) else { return false }
                scanner.directToken = token
                return true
            }
            if scanner.cursor.matches(key, "requestId") {
                guard let id = scanner.take(depth: 2, if: scanner.isTokenNext) else { return false }
                scanner.envelope.parts.requestID = id
                return true
            }
            return scanner.takeContinuation(key)
        }
    }

    /// What a request says of one before it.
    private mutating func takeContinuation(_ key: JSONCursor.Text) -> Bool {
        if cursor.matches(key, "requestState") {
            guard let text = takeString(depth: 2) else { return false }
            asked.requestState = text.part
            return true
        }
        if cursor.matches(key, "inputResponses") {
            guard let part = take(depth: 2, if: type == .object) else { return false }
            envelope.parts.inputResponses = part
            return true
        }
        if cursor.matches(key, "taskId") {
            guard let text = takeString(depth: 2) else { return false }
            asked.taskID = text.part
            return true
        }
        return cursor.skipValue(depth: 2)
    }

    /// Whether the value at the position is of a type that ids and progress tokens have.
    private var isTokenNext: Bool { type == .string || type == .number }

    private mutating func takeName(_ preference: Int, depth: Int) -> Bool {
        guard let name = takeString(depth: depth) else { return false }
        names[preference] = name
        return true
    }

    /// What a `completion/complete` completes.
    private mutating func takeReference() -> Bool {
        names[2] = Candidate()
        names[3] = Candidate()
        guard type == .object else { return cursor.skipValue(depth: 2) }
        return members { scanner, key in
            if scanner.cursor.matches(key, "name") { return scanner.takeName(2, depth: 3) }
            if scanner.cursor.matches(key, "uri") { return scanner.takeName(3, depth: 3) }
            return scanner.cursor.skipValue(depth: 3)
        }
    }

    private mutating func takeMeta() -> Bool {
        metaToken = JSONRPCEnvelope.Part()
        forgetMeta()
        guard type == .object else { return cursor.skipValue(depth: 2) }
        return members { scanner, key in
            if scanner.cursor.matches(key, "progressToken") {
                guard let token = scanner.take(depth: 3, if: scanner.isTokenNext) else { return false }
                scanner.metaToken = token
                return true
            }
            if scanner.cursor.matches(key, "io.modelcontextprotocol/protocolVersion") {
                guard let text = scanner.takeString(depth: 3) else { return false }
                scanner.envelope.parts.metaVersion = text.part
                return true
            }
            if scanner.cursor.matches(key, "io.modelcontextprotocol/clientInfo") {
                guard let part = scanner.take(depth: 3, if: scanner.type == .object) else { return false }
                scanner.envelope.parts.clientInfo = part
                return true
            }
            if scanner.cursor.matches(key, "io.modelcontextprotocol/subscriptionId") {
                guard let id = scanner.take(depth: 3, if: scanner.isTokenNext) else { return false }
                scanner.envelope.parts.subscriptionID = id
                return true
            }
            return scanner.cursor.skipValue(depth: 3)
        }
    }
}
