import TestSupport
import Traffic

/// A JSON value with secrets in it that knows where they are.
indirect enum SecretTree {
    case plain(String)
    case secret(key: String, value: String)
    case object([(key: String, value: SecretTree)])
    case array([SecretTree])
    /// JSON as text in a string.
    case string(SecretTree)

    static func random(depth: Int, using random: inout SeededGenerator) -> SecretTree {
        let words = ["1", "true", "null", "\"plain\"", "\"é \\u00e9 \\n {\"", "\"\"", "-0.5"]
        switch Int.random(in: depth > 0 ? 0..<6 : 0..<2, using: &random) {
        case 0: return .plain(words.randomElement(using: &random) ?? "1")
        case 1:
            let key = SecretKeys.standard.randomElement(using: &random) ?? "secret"
            return .secret(key: key, value: "s3cr3t\(Int.random(in: 0..<9, using: &random))")
        case 2: return .string(.random(depth: depth - 1, using: &random))
        case 3: return .array((0..<3).map { _ in .random(depth: depth - 1, using: &random) })
        default:
            return .object(
                (0..<3).map { ("k\($0)", .random(depth: depth - 1, using: &random)) })
        }
    }

    /// The text with each secret as `shown` has it. Equal seeds spell equally.
    func text(seed: Int, _ shown: (String) -> String) -> String {
        var random = SeededGenerator(seed)
        return text(using: &random, shown)
    }

    private func text(using random: inout SeededGenerator, _ shown: (String) -> String) -> String {
        let blank = Bool.random(using: &random) ? " " : ""
        switch self {
        case .plain(let text): return blank + text
        case .secret(let key, let value):
            return "{\(blank)\"\(Self.spelled(key, using: &random))\"\(blank):\(blank)\"\(shown(value))\"}"
        case .object(let members):
            return "{" + members.map { "\"\($0.key)\":" + $0.value.text(using: &random, shown) }.joined(separator: ",")
                + "}"
        case .array(let elements):
            return "[" + elements.map { $0.text(using: &random, shown) }.joined(separator: "," + blank) + "]"
        case .string(let inner):
            let text = inner.text(using: &random, shown)
            return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }
    }

    /// In any case, a letter escaped perhaps.
    private static func spelled(_ key: String, using random: inout SeededGenerator) -> String {
        let escaped = Int.random(in: 0..<key.utf8.count * 2, using: &random)
        let isUpper = Bool.random(using: &random)
        return key.enumerated().map { index, letter in
            guard index == escaped, let byte = letter.asciiValue else {
                return isUpper ? letter.uppercased() : "\(letter)"
            }
            return "\\u00" + String(byte, radix: 16)
        }.joined()
    }
}
