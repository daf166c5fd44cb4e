import TestSupport
import Testing
import Traffic

@Suite struct FilterTextTests {
    @Test(arguments: 0..<40) func `a filter written down and read again is the same`(seed: Int) throws {
        var random = SeededGenerator(seed)
        for _ in 0..<100 {
            let filter = Filter(Filter.Expression.random(depth: 5, using: &random))
            #expect(try Filter(filter.description) == filter, "\(filter.description.debugDescription)")
        }
    }

    @Test(arguments: 0..<40) func `no text makes the parser fail otherwise than with a column in the text`(seed: Int) {
        var random = SeededGenerator(seed)
        let scraps = [
            "tool:", "latency", ">", "<=", "(", ")", "!", "&", "|", "\"", "\\", "*", " ", "id:1", "stream:", "10s", "#",
            "e\u{301}", "\u{202E}", "text:\"",
        ]
        for _ in 0..<200 {
            var text = ""
            for _ in 0..<Int.random(in: 0..<30, using: &random) {
                if Bool.random(using: &random) {
                    text += scraps.randomElement(using: &random) ?? ""
                } else {
                    let bytes = (0..<4).map { _ in UInt8.random(in: 0...255, using: &random) }
                    text += String(decoding: bytes, as: UTF8.self)
                }
            }
            do throws(FilterError) {
                let filter = try Filter(text)
                #expect(try Filter(filter.description) == filter)
            } catch {
                #expect((1...text.unicodeScalars.count + 1).contains(error.column), "\(text.debugDescription)")
                #expect(!error.message.isEmpty)
            }
        }
    }

    @Test func `only what needs them has quotes and parentheses`() throws {
        let filter = try Filter("tool:a* & (id:\"x y\" | !text:\"a(b)\") & size>=1KiB & latency>0.2")
        #expect(filter.description == "tool:a* (id:\"x y\" | !text:\"a(b)\") size>=1024 latency>200ms")
    }
}

extension Filter.Expression {
    /// In the form in which filters are read: nothing in a list that could stand in the list around it.
    static func random(depth: Int, using random: inout SeededGenerator) -> Filter.Expression {
        switch depth == 0 ? 0 : Int.random(in: 0..<5, using: &random) {
        case 0, 1: return .term(.random(using: &random))
        case 2: return .not(.random(depth: depth - 1, using: &random))
        case let kind:
            let parts = (0..<Int.random(in: 2..<4, using: &random)).flatMap { _ -> [Filter.Expression] in
                let part = Filter.Expression.random(depth: depth - 1, using: &random)
                switch part {
                case .all(let inner) where kind == 3: return inner
                case .any(let inner) where kind == 4: return inner
                default: return [part]
                }
            }
            return kind == 3 ? .all(parts) : .any(parts)
        }
    }
}

extension Filter.Term {
    static func random(using random: inout SeededGenerator) -> Filter.Term {
        let comparison = Filter.Comparison.allCases.randomElement(using: &random) ?? .above
        let number = Int64.random(in: 0...(1 << Int64.random(in: 0...62, using: &random)), using: &random)
        return switch Int.random(in: 0..<14, using: &random) {
        case 0: .tool(.random(using: &random))
        case 1: .method(.random(using: &random))
        case 2: .session(.random(using: &random))
        case 3: .id(.words(using: &random))
        case 4: .direction(Bool.random(using: &random) ? .clientToServer : .serverToClient)
        case 5: .kind(.random(using: &random))
        case 6: .status(.random(using: &random))
        case 7: .dialect(Dialect.allCases.randomElement(using: &random) ?? .streamable)
        case 8: .exchange(number & 0xFFFF_FFFF | 1)
        case 9: .stream([.any, .none, .number(number & 0xFFFF_FFFF | 1)].randomElement(using: &random) ?? .any)
        case 10: .latency(comparison, number)
        case 11: .silence(comparison, number)
        case 12: .size(comparison, number)
        default: .text(.words(using: &random))
        }
    }
}

extension Filter.Pattern {
    static func random(using random: inout SeededGenerator) -> Filter.Pattern {
        var pieces: [String] = []
        for _ in 0..<Int.random(in: 1..<4, using: &random) {
            pieces.append(Bool.random(using: &random) ? "" : .words(using: &random))
        }
        return Filter.Pattern(pieces: pieces == [""] ? ["x"] : pieces)
    }
}

extension Filter.Kind {
    static func random(using random: inout SeededGenerator) -> Filter.Kind {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: .call
        case 1: .message
        case 2: .problem(["stream-cut", "call-pending", "rpc-error"].randomElement(using: &random) ?? "")
        default: .entry(FilterSubject.Kind.allCases.randomElement(using: &random) ?? .event)
        }
    }
}

extension Filter.Status {
    static func random(using random: inout SeededGenerator) -> Filter.Status {
        let code = Int.random(in: 100...599, using: &random)
        let statuses: [CallRow.Status] = [
            .ok, .toolError, .rpcError, .httpError, .cancelled, .pending, .unanswered,
        ]
        return switch Int.random(in: 0..<4, using: &random) {
        case 0: .error
        case 1: .http(code...code)
        case 2: .http(code / 100 * 100...code / 100 * 100 + 99)
        default: .call(statuses.randomElement(using: &random) ?? .ok)
        }
    }
}

extension String {
    /// Not empty; of characters that mean something to the parser, and others.
    static func words(using random: inout SeededGenerator) -> String {
        let scalars = Array("abcXYZ019-_/.:*\"\\ \t\n\r()&|!<>=#ü\u{301}\u{7F}\u{1F600}\u{FEFF}\u{2028}".unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 1..<9, using: &random) {
            text.append(scalars.randomElement(using: &random) ?? "a")
        }
        return String(text)
    }
}
