import TestSupport
import Traffic

extension Filter.Expression {
    /// A filter about what is there, or nearly: without that most would select nothing.
    static func random(
        about subjects: [FilterSubject], depth: Int, using random: inout SeededGenerator
    ) -> Filter.Expression {
        guard depth > 0, random.chance(2), let subject = subjects.randomElement(using: &random) else {
            return .term(.random(about: subjects[random.below(subjects.count)], using: &random))
        }
        func part(_ random: inout SeededGenerator) -> Filter.Expression {
            .random(about: random.chance(2) ? [subject] : subjects, depth: depth - 1, using: &random)
        }
        return switch random.below(4) {
        case 0: .not(part(&random))
        case 1: .any([part(&random), part(&random)])
        default: .all([part(&random), part(&random)])
        }
    }
}

extension Filter.Term {
    static func random(about subject: FilterSubject, using random: inout SeededGenerator) -> Filter.Term {
        let comparison = Filter.Comparison.allCases[random.below(5)]
        let number = (subject.exchangeID ?? 1) & 0xFFFF_FFFF
        switch random.below(15) {
        case 0: return .tool(.random(about: subject.tool, using: &random))
        case 1: return .method(.random(about: subject.method, using: &random))
        case 2:
            let id = subject.sessionID.map { String($0) }
            return .session(.random(about: random.chance(3) ? id : subject.sessionName, using: &random))
        case 3:
            let id = subject.rpcID ?? "1"
            return .id(random.chance(2) ? id : id.filter { $0 != "\"" })
        case 4: return .direction(random.chance(2) ? .clientToServer : .serverToClient)
        case 5: return .kind(random.chance(2) ? .entry(subject.kind) : random.chance(2) ? .call : .message)
        case 6: return .status(.random(about: subject, using: &random))
        case 7: return .dialect(random.chance(2) ? .streamable : subject.dialect ?? .httpSSE)
        case 8: return .exchange(number)
        case 9: return .stream([.any, .none, .number(number)][random.below(3)])
        case 10: return .latency(comparison, ns(subject.latencyMs, using: &random))
        case 11: return .silence(comparison, ns(subject.silenceMs, using: &random))
        case 12: return .size(comparison, max(0, (subject.bytes ?? 100) + Int64(random.below(3)) - 1))
        default: return .text(.part(of: subject.text ?? Array("echo".utf8), using: &random))
        }
    }

    private static func ns(_ ms: Double?, using random: inout SeededGenerator) -> Int64 {
        max(0, Int64((ms ?? 1) * 1_000_000) + Int64(random.below(3)) - 1)
    }
}

extension Filter.Pattern {
    /// The name, a piece of it between stars, or what has characters that mean something to SQL.
    static func random(about name: String?, using random: inout SeededGenerator) -> Filter.Pattern {
        let name = name ?? ["a?c", "[a-z]*", "100%", "x_y", "tools"][random.below(5)]
        switch random.below(4) {
        case 0: return Filter.Pattern(name)
        case 1: return Filter.Pattern(pieces: [String(name.prefix(random.below(name.count + 1))), ""])
        case 2: return Filter.Pattern(pieces: ["", String(name.suffix(random.below(name.count + 1)))])
        default: return Filter.Pattern(String(name.prefix { $0 != "/" }))
        }
    }
}

extension Filter.Status {
    static func random(about subject: FilterSubject, using random: inout SeededGenerator) -> Filter.Status {
        let code = subject.httpStatus ?? 200
        switch random.below(4) {
        case 0: return .error
        case 1: return .http(code...code)
        case 2: return .http(code / 100 * 100...code / 100 * 100 + 99)
        default: return .call(subject.callStatus ?? .ok)
        }
    }
}

extension String {
    /// Some characters of a text, in some case; text from bytes that are none has characters in their place.
    static func part(of bytes: [UInt8], using random: inout SeededGenerator) -> String {
        let text = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars.filter { $0 != "\0" })
        guard !text.isEmpty else { return "%" }
        let start = random.below(text.count)
        let end = Swift.min(text.count, start + 1 + random.below(8))
        let part = String(String.UnicodeScalarView(text[start..<end]))
        return random.chance(2) ? part : random.chance(2) ? part.uppercased() : "_\(part)"
    }
}
