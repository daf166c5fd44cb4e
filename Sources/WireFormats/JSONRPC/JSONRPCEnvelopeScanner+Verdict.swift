extension JSONRPCEnvelopeScanner {
    /// Fills the parts that depend on others, once all of the message is read.
    mutating func choose() {
        for index in names.indices where names[index].part.range != nil {
            envelope.parts.name = names[index].part
            envelope.nameHasEscapes = names[index].isEscaped
            break
        }
        envelope.parts.progressToken = metaToken
        if directToken.range != nil, isMethod("notifications/progress") { envelope.parts.progressToken = directToken }
        if envelope.parts.requestID.range != nil, !isMethod("notifications/cancelled") {
            envelope.parts.requestID = JSONRPCEnvelope.Part()
        }
        let continuation = methodType == .none ? answered : asked
        envelope.parts.requestState = continuation.requestState
        envelope.parts.taskID = continuation.taskID
    }

    private func isMethod(_ name: StaticString) -> Bool {
        guard let method = envelope.method else { return false }
        let content = JSONCursor.Text(
            start: method.lowerBound + 1, end: method.upperBound - 1, isEscaped: envelope.methodHasEscapes)
        return cursor.matches(content, name)
    }

    /// Sets `kind` and `invalidity`. (JSON-RPC 2.0 §4, §5)
    mutating func judge() {
        if let reason = versionFault() ?? (methodType == .none ? outcomeFault() : methodFault()) {
            envelope.kind = .invalid
            envelope.invalidity = reason
        } else if methodType != .none {
            envelope.kind = idType == .none ? .notification : .request
        } else {
            envelope.kind = hasError ? .error : .response
        }
    }

    /// Peers send `"error":null` beside a result; a null error is none where there is a result.
    private var hasError: Bool { errorType != .none && !(errorType == .null && resultType != .none) }

    private func versionFault() -> JSONRPCEnvelope.Invalidity? {
        switch version {
        case .missing: .missingVersion
        case .wrong: .wrongVersion
        case .right: nil
        }
    }

    private func methodFault() -> JSONRPCEnvelope.Invalidity? {
        if methodType != .string { return .wrongMethod }
        if resultType != .none || errorType != .none { return .methodWithOutcome }
        switch paramsType {
        case .none, .object, .array, .null: break
        case .string, .number, .boolean: return .wrongParams
        }
        switch idType {
        case .none, .string, .number: return nil
        case .null: return .nullID
        case .boolean, .object, .array: return .wrongID
        }
    }

    private func outcomeFault() -> JSONRPCEnvelope.Invalidity? {
        if resultType == .none, errorType == .none { return .noMethodNorOutcome }
        // A null result beside an error, likewise, is none.
        if hasError, resultType != .none, resultType != .null { return .resultAndError }
        if hasError, errorType != .object { return .wrongError }
        switch idType {
        case .string, .number: return nil
        case .none: return hasError ? nil : .missingID
        case .null: return hasError ? nil : .nullID
        case .boolean, .object, .array: return .wrongID
        }
    }
}
