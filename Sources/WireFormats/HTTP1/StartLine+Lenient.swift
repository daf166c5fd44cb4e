extension StartLine {
    /// Parses `line` (without its line end) as lenient peers do, and notes what they overlook: blanks in any number
    /// between the words and behind the last, behind a known method a target of any form and with blanks, versions 1.2
    /// to 1.9.
    init?(lenient role: HTTP1Parser.Role, _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) {
        let parsed = role == .request ? parseLenientRequest(bytes, line) : parseLenientStatus(bytes, line)
        if !parsed { return nil }
    }

    private mutating func parseLenientRequest(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Bool {
        let trimmed = Self.withoutBlanksBehind(bytes, line)
        guard trimmed.count >= 12, let version = Self.version(bytes, trimmed.upperBound - 8..<trimmed.upperBound),
            version.major == 1, ASCII.isBlank(bytes[trimmed.upperBound - 9])
        else { return false }
        var index = line.lowerBound
        while index < trimmed.upperBound, ASCII.isToken(bytes[index]) { index += 1 }
        method = line.lowerBound..<index
        guard !method.isEmpty, ASCII.isBlank(bytes[index]) else { return false }
        target = ASCII.trimmed(bytes, index..<trimmed.upperBound - 8)
        guard !target.isEmpty else { return false }
        let kind = RequestMethodKind(bytes, method)
        let isPlain = bytes[target].allSatisfy { $0 > ASCII.space && $0 < 0x7F }
        let isRegular = isPlain && Self.isTarget(bytes, target, of: kind)
        guard isRegular || kind != .other else { return false }
        if !isRegular { deviations.insert(.invalidTarget) }
        minor = min(version.minor, 1)
        if version.minor > 1 { deviations.insert(.unsupportedVersion) }
        if method.count + target.count + 10 != line.count || bytes[index] != ASCII.space
            || bytes[trimmed.upperBound - 9] != ASCII.space
        {
            deviations.insert(.startLineSpacing)
        }
        return true
    }

    private mutating func parseLenientStatus(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Bool {
        guard let version = Self.version(bytes, line), version.major == 1 else { return false }
        var index = line.lowerBound + 8
        while index < line.upperBound, ASCII.isBlank(bytes[index]) { index += 1 }
        guard index > line.lowerBound + 8, index + 3 <= line.upperBound, let code = Self.statusCode(bytes, index)
        else { return false }
        if index > line.lowerBound + 9 || bytes[index - 1] != ASCII.space { deviations.insert(.startLineSpacing) }
        status = code
        minor = min(version.minor, 1)
        if version.minor > 1 { deviations.insert(.unsupportedVersion) }
        index += 3
        reason = line.upperBound..<line.upperBound
        guard index < line.upperBound else {
            deviations.insert(.missingReasonSpace)
            return true
        }
        guard ASCII.isBlank(bytes[index]) else { return false }
        reason = index + 1..<line.upperBound
        let control = ASCII.firstControl(in: bytes, reason)
        if control < reason.upperBound {
            deviations.insert(bytes[control] == ASCII.carriageReturn ? .bareCR : .controlCharacter)
        }
        return true
    }

    private static func withoutBlanksBehind(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Range<Int> {
        line.lowerBound..<max(line.lowerBound, ASCII.trimmed(bytes, line).upperBound)
    }

    /// Where in `line` a start line begins that reaches to its end; nil: nowhere. Content without a line end may stand
    /// before it, so a method is searched as the end of a word, a status line anywhere.
    static func offset(of role: HTTP1Parser.Role, in bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Int? {
        if isPreface(role, bytes, line) { return line.lowerBound }
        let parsed = StartLine(lenient: role, bytes, line)
        if let parsed, role == .response || isMethodLike(bytes, parsed.method) { return line.lowerBound }
        let inside = role == .request ? requestLineOffset(bytes, line) : statusLineOffset(bytes, line)
        return inside ?? (parsed == nil ? nil : line.lowerBound)
    }

    /// Is the word in capitals, as all registered methods are? Otherwise content may end in it: `xPOST`.
    private static func isMethodLike(_ bytes: UnsafeRawBufferPointer, _ method: Range<Int>) -> Bool {
        bytes[method].allSatisfy { $0 &- 0x41 < 26 || $0 == UInt8(ascii: "-") }
    }

    private static func isPreface(
        _ role: HTTP1Parser.Role, _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>
    ) -> Bool {
        role == .request && ASCII.equals(bytes, line, "PRI * HTTP/2.0")
    }

    private static func statusLineOffset(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Int? {
        guard line.count > 12 else { return nil }
        return (line.lowerBound...line.upperBound - 12).first { start in
            bytes[start] == UInt8(ascii: "H") && ASCII.holds(bytes, at: start, "HTTP/1.")
                && StartLine(lenient: .response, bytes, start..<line.upperBound) != nil
        }
    }

    /// Looks back from the version over one target to a known method.
    private static func requestLineOffset(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Int? {
        var index = withoutBlanksBehind(bytes, line).upperBound - 8
        guard index > line.lowerBound, version(bytes, index..<index + 8)?.major == 1 else { return nil }
        func skipBack(while isWanted: (UInt8) -> Bool) {
            while index > line.lowerBound, isWanted(bytes[index - 1]) { index -= 1 }
        }
        skipBack(while: ASCII.isBlank)
        skipBack { !ASCII.isBlank($0) }
        skipBack(while: ASCII.isBlank)
        return RequestMethodKind.allCases.lazy.filter { $0 != .other }
            .map { ($0.name, index - $0.name.utf8CodeUnitCount) }
            .first {
                $0.1 >= line.lowerBound && ASCII.holds(bytes, at: $0.1, $0.0)
                    && StartLine(lenient: .request, bytes, $0.1..<line.upperBound) != nil
            }?.1
    }
}
