extension Filter {
    /// Whether it selects the entry.
    package func matches(_ subject: FilterSubject) -> Bool { expression.holds(for: subject) }
}

extension Filter.Expression {
    fileprivate func holds(for subject: FilterSubject) -> Bool {
        switch self {
        case .everything: true
        case .term(let term): term.holds(for: subject)
        case .not(let expression): !expression.holds(for: subject)
        case .all(let parts): parts.allSatisfy { $0.holds(for: subject) }
        case .any(let parts): parts.contains { $0.holds(for: subject) }
        }
    }
}

extension Filter.Term {
    fileprivate func holds(for subject: FilterSubject) -> Bool {
        switch self {
        case .tool(let pattern): subject.tool.map(pattern.matches) ?? false
        case .method(let pattern): subject.method.map(pattern.matchesPath) ?? false
        case .session(let pattern):
            subject.sessionName.map(pattern.matchesPath) ?? false
                || subject.sessionID.map { pattern.matches(String($0)) } ?? false
        case .id(let id):
            subject.rpcID.map { own in Self.idTexts(id).contains { $0.utf8.elementsEqual(own.utf8) } } ?? false
        case .direction(let direction): subject.direction == direction
        case .kind(let kind): kind.holds(for: subject)
        case .status(let status): status.holds(for: subject)
        case .dialect(let dialect): subject.dialect == dialect
        case .exchange(let number): subject.exchangeNumber == number
        case .stream(.any): subject.isOnStream
        case .stream(.none): !subject.isOnStream
        case .stream(.number(let number)): subject.isOnStream && subject.exchangeNumber == number
        case .latency(let comparison, let ns):
            subject.latencyMs.map { comparison.holds($0, Self.milliseconds(ns)) } ?? false
        case .silence(let comparison, let ns):
            subject.silenceMs.map { comparison.holds($0, Self.milliseconds(ns)) } ?? false
        case .size(let comparison, let bytes): subject.bytes.map { comparison.holds($0, bytes) } ?? false
        case .text(let text): subject.text.map { $0.contains(text) } ?? false
        }
    }

    /// The JSON texts that an id as users write it may stand for: as it is, or as a string.
    package static func idTexts(_ id: String) -> [String] {
        var quoted = "\""
        for scalar in id.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return [id, quoted + "\""]
    }

    /// Rows count in milliseconds.
    package static func milliseconds(_ ns: Int64) -> Double { Double(ns) / 1_000_000 }
}

extension Filter.Kind {
    fileprivate func holds(for subject: FilterSubject) -> Bool {
        switch self {
        case .entry(let kind): subject.kind == kind || subject.problem == kind.rawValue
        case .call: subject.hasCall
        case .message: subject.kind.isMessage
        case .problem(let name): subject.problem == name
        }
    }
}

extension Filter.Status {
    fileprivate func holds(for subject: FilterSubject) -> Bool {
        switch self {
        case .call(let status): subject.callStatus == status
        case .error: subject.callStatus.map(Self.errors.contains) ?? false
        case .http(let codes): subject.httpStatus.map(codes.contains) ?? false
        }
    }
}

extension FilterSubject {
    fileprivate var exchangeNumber: Int64? { exchangeID.map { $0 & 0xFFFF_FFFF } }
}

extension [UInt8] {
    /// Whether the text occurs, whatever the case of ASCII letters; never in bytes that are no text (no UTF-8, or with
    /// a NUL), which a capture keeps as such.
    fileprivate func contains(_ text: String) -> Bool {
        let needle = text.utf8.map(lowercase)
        guard let first = needle.first, count >= needle.count else { return false }
        var isFound = false
        search: for start in 0...(count - needle.count) where lowercase(self[start]) == first {
            for offset in 1..<Swift.max(1, needle.count) where lowercase(self[start + offset]) != needle[offset] {
                continue search
            }
            isFound = true
            break
        }
        return isFound && isText
    }

    private var isText: Bool { !contains(0 as UInt8) && (try? UTF8Span(validating: span)) != nil }
}

private func lowercase(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
