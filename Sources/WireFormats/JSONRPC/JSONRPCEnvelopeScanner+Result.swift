extension JSONRPCEnvelopeScanner {
    mutating func takeResult() -> Bool {
        resultType = type
        // A later `result` stands for an earlier one whole.
        envelope.isErrorResult = false
        envelope.parts.resultType = JSONRPCEnvelope.Part()
        envelope.parts.inputRequests = JSONRPCEnvelope.Part()
        envelope.parts.serverInfo = JSONRPCEnvelope.Part()
        answered = Continuation()
        let start = cursor.position
        guard resultType == .object ? scanResult() : cursor.skipValue(depth: 1) else { return false }
        envelope.parts.result = JSONRPCEnvelope.Part(start..<cursor.position)
        return true
    }

    private mutating func scanResult() -> Bool {
        var nestedTask = JSONRPCEnvelope.Part()
        let isWhole = members { scanner, key in
            if scanner.cursor.matches(key, "isError") {
                scanner.envelope.isErrorResult = scanner.cursor.current == UInt8(ascii: "t")
            } else if scanner.cursor.matches(key, "resultType") {
                guard let text = scanner.takeString(depth: 2) else { return false }
                scanner.envelope.parts.resultType = text.part
                return true
            } else if scanner.cursor.matches(key, "_meta") {
                return scanner.takeResultMeta()
            } else if scanner.cursor.matches(key, "task") {
                return scanner.takeTask(&nestedTask)
            }
            return scanner.takeFollowUp(key)
        }
        if answered.taskID.range == nil { answered.taskID = nestedTask }
        return isWhole
    }

    /// What the requests after an answer refer to.
    private mutating func takeFollowUp(_ key: JSONCursor.Text) -> Bool {
        if cursor.matches(key, "requestState") {
            guard let text = takeString(depth: 2) else { return false }
            answered.requestState = text.part
            return true
        }
        if cursor.matches(key, "inputRequests") {
            guard let part = take(depth: 2, if: type == .object) else { return false }
            envelope.parts.inputRequests = part
            return true
        }
        if cursor.matches(key, "taskId") {
            guard let text = takeString(depth: 2) else { return false }
            answered.taskID = text.part
            return true
        }
        return cursor.skipValue(depth: 2)
    }

    private mutating func takeResultMeta() -> Bool {
        envelope.parts.serverInfo = JSONRPCEnvelope.Part()
        guard type == .object else { return cursor.skipValue(depth: 2) }
        return members { scanner, key in
            guard scanner.cursor.matches(key, "io.modelcontextprotocol/serverInfo") else {
                return scanner.cursor.skipValue(depth: 3)
            }
            guard let part = scanner.take(depth: 3, if: scanner.type == .object) else { return false }
            scanner.envelope.parts.serverInfo = part
            return true
        }
    }

    /// The task that a call became. (MCP 2025-11-25 tasks)
    private mutating func takeTask(_ id: inout JSONRPCEnvelope.Part) -> Bool {
        id = JSONRPCEnvelope.Part()
        guard type == .object else { return cursor.skipValue(depth: 2) }
        var found = JSONRPCEnvelope.Part()
        let isWhole = members { scanner, key in
            guard scanner.cursor.matches(key, "taskId") else { return scanner.cursor.skipValue(depth: 3) }
            guard let text = scanner.takeString(depth: 3) else { return false }
            found = text.part
            return true
        }
        id = found
        return isWhole
    }
}
