import TestSupport

/// JSON-RPC messages, and what is nearly one, as a tree with its text; the tree knows the parts that a full decode
/// gives, so that the envelope can be held against them.
indirect enum RandomMessage {
    /// A scalar, by its text.
    case scalar(String)
    /// A string, by its value.
    case string(String)
    case array([RandomMessage])
    case object([(String, RandomMessage)])

    /// The last member of that name.
    subscript(name: String) -> RandomMessage? {
        guard case .object(let members) = self else { return nil }
        return members.last { Array($0.0.utf8) == Array(name.utf8) }?.1
    }

    var string: String? {
        if case .string(let value) = self { return value }
        return nil
    }

    var isNumber: Bool {
        if case .scalar(let text) = self {
            return text.utf8.first.map { $0 == 0x2D || (0x30...0x39).contains($0) } ?? false
        }
        return false
    }

    static func make(using generator: inout SeededGenerator) -> RandomMessage {
        var members: [(String, RandomMessage)] = []
        for name in ["jsonrpc", "id", "method", "params", "result", "error", "other"] {
            for _ in 0..<(generator.next() % 8 == 0 ? 2 : generator.next() % 3 == 0 ? 0 : 1) {
                members.append((name, member(name, using: &generator)))
            }
        }
        members.shuffle(using: &generator)
        return .object(members)
    }

    private static func member(_ name: String, using generator: inout SeededGenerator) -> RandomMessage {
        if generator.next() % 6 == 0 { return any(depth: 2, using: &generator) }
        switch name {
        case "jsonrpc": return .string("2.0")
        case "id": return id(using: &generator)
        case "method":
            return .string(
                pick(methods, &generator))
        case "params", "_meta", "ref", "result", "error", "task", "inputRequests", "inputResponses",
            "io.modelcontextprotocol/clientInfo", "io.modelcontextprotocol/serverInfo":
            return object(name, using: &generator)
        case "code": return .scalar(pick(["-32601", "5", "1.5", "1e3", "-0", "123456789012345678901"], &generator))
        case "isError": return .scalar(pick(["true", "false", "null"], &generator))
        case "progressToken", "requestId", "io.modelcontextprotocol/subscriptionId": return id(using: &generator)
        default: return .string(pick(["", "a", "name \"quoted\" \\ \n", "日本", "tab\t\u{1}", "file:///x"], &generator))
        }
    }

    private static let methods = ["tools/call", "notifications/progress", "notifications/cancelled", "é/😀"]

    private static let inner: [String: [String]] = [
        "params": [
            "name", "uri", "ref", "_meta", "progressToken", "requestId", "arguments", "requestState", "taskId",
            "inputResponses",
        ],
        "_meta": [
            "progressToken", "io.modelcontextprotocol/protocolVersion", "x", "io.modelcontextprotocol/clientInfo",
            "io.modelcontextprotocol/subscriptionId", "io.modelcontextprotocol/serverInfo",
        ], "ref": ["name", "uri", "type"],
        "result": [
            "isError", "resultType", "content", "requestState", "taskId", "task", "inputRequests", "_meta",
        ], "task": ["taskId", "status"], "inputRequests": ["name"], "inputResponses": ["name"],
        "io.modelcontextprotocol/clientInfo": ["name", "version"],
        "io.modelcontextprotocol/serverInfo": ["name", "version"], "error": ["code", "message", "data"],
    ]

    private static func object(_ name: String, using generator: inout SeededGenerator) -> RandomMessage {
        var members: [(String, RandomMessage)] = []
        for inner in inner[name] ?? [] {
            for _ in 0..<(generator.next() % 8 == 0 ? 2 : generator.next() % 2) {
                members.append((inner, member(inner, using: &generator)))
            }
        }
        members.shuffle(using: &generator)
        return .object(members)
    }

    private static func id(using generator: inout SeededGenerator) -> RandomMessage {
        generator.next() % 2 == 0 ? .scalar(pick(["0", "17", "-1", "1.5", "null"], &generator)) : .string("id-1")
    }

    private static func any(depth: Int, using generator: inout SeededGenerator) -> RandomMessage {
        switch generator.next() % (depth > 0 ? 6 : 4) {
        case 0: .scalar(pick(["null", "true", "false"], &generator))
        case 1: .scalar(pick(["0", "-1.25e-3", "1E5"], &generator))
        case 2, 3: .string(pick(["", "x", "{\"name\":1}", "\\", "😀"], &generator))
        case 4: .array((0..<generator.next() % 4).map { _ in any(depth: depth - 1, using: &generator) })
        default:
            .object(
                (0..<generator.next() % 4).map { _ in
                    (pick(["name", "id", "code", "", "z"], &generator), any(depth: depth - 1, using: &generator))
                })
        }
    }

    private static func pick(_ choices: [String], _ generator: inout SeededGenerator) -> String {
        choices[Int(generator.next() % UInt64(choices.count))]
    }

    /// The text, with blanks and escapes as chance will have it.
    func text(using generator: inout SeededGenerator) -> String {
        func blank() -> String { generator.next() % 8 == 0 ? [" ", "\n", "\t\r\n  "][Int(generator.next() % 3)] : "" }
        switch self {
        case .scalar(let text): return text
        case .string(let value): return Self.quoted(value, using: &generator)
        case .array(let elements):
            let texts = elements.map { blank() + $0.text(using: &generator) + blank() }
            return "[" + blank() + texts.joined(separator: ",") + "]"
        case .object(let members):
            let texts = members.map { name, value in
                blank() + Self.quoted(name, using: &generator) + blank() + ":" + blank() + value.text(using: &generator)
                    + blank()
            }
            return "{" + blank() + texts.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ value: String, using generator: inout SeededGenerator) -> String {
        let escapeAll = generator.next() % 6 == 0
        var text = "\""
        for unit in value.unicodeScalars {
            if unit == "\"" || unit == "\\" {
                text += "\\" + String(unit)
            } else if unit.value < 0x20 || escapeAll && generator.next() % 2 == 0 {
                for half in String(unit).utf16 {
                    let digits = String(half, radix: 16, uppercase: generator.next() % 2 == 0)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                text.unicodeScalars.append(unit)
            }
        }
        return text + "\""
    }
}
