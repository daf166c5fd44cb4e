import Conversation
import WireFormats

/// Arguments of tools that the client repeats as fields `Mcp-Param-…`, for those on the way who do not read bodies
/// (MCP 2026-07-28 transports, custom headers from tool parameters).
///
/// Which ones they are is learned from the lists of tools that pass.
struct ToolParameterFields {
    /// One argument and the name of its field.
    struct Parameter: Sendable, Hashable {
        /// The names that lead to the argument.
        var path: [String]
        var name: String
    }

    private var parameters: [String: [Parameter]] = [:]
    /// The lists that were asked for.
    private var lists: Set<UInt32> = []

    var isEmpty: Bool { parameters.isEmpty }

    /// A request was sent.
    mutating func sent(_ message: [UInt8], call: UInt32) {
        let envelope = JSONRPCEnvelope(message.span.bytes)
        if envelope.isMethod("tools/list", in: message.span.bytes) { lists.insert(call) }
    }

    mutating func forget(_ call: UInt32) { lists.remove(call) }

    /// Reads a list of tools, and gives it back without those whose schemas may not be used: a client must not call them.
    mutating func learned(from message: [UInt8], call: UInt32) -> [UInt8] {
        guard lists.remove(call) != nil, var answer = try? JSONValue(parsing: message).objectValue,
            var result = answer["result"]?.objectValue, let tools = result["tools"]?.arrayValue
        else { return message }
        var usable: [JSONValue] = []
        for tool in tools {
            guard let name = tool["name"]?.stringValue else { continue }
            guard let found = Self.parameters(of: tool["inputSchema"] ?? .null) else { continue }
            parameters[name] = found.isEmpty ? nil : found
            usable.append(tool)
        }
        guard usable.count < tools.count else { return message }
        result["tools"] = .array(usable)
        answer["result"] = .object(result)
        return JSONValue.object(answer).serialized()
    }

    /// The fields of a call.
    func fields(for body: [UInt8]) -> [HTTPRequest.Field] {
        guard let message = try? JSONValue(parsing: body), message["method"] == "tools/call",
            let name = message["params"]?["name"]?.stringValue, let parameters = parameters[name]
        else { return [] }
        return parameters.compactMap { parameter in
            var value = message["params"]?["arguments"]
            for step in parameter.path { value = value?[step] }
            guard let value, let text = Self.text(of: value) else { return nil }
            let encoded = String(decoding: FieldValue.encoded(text), as: UTF8.self)
            return .init(name: "Mcp-Param-\(parameter.name)", value: encoded)
        }
    }

    private static func text(of value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value): Int64(exactly: value).map(String.init)
        case .null, .array, .object: nil
        }
    }

    /// The parameters that a schema names; nil where it breaks the rules: the name is a token and unique in any case, the
    /// type is string, integer or boolean, and only `properties` lead there.
    static func parameters(of schema: JSONValue) -> [Parameter]? {
        var found: [Parameter] = []
        guard collect(schema, path: [], into: &found), count(schema) == found.count else { return nil }
        let names = Set(found.map { $0.name.lowercased() })
        return names.count == found.count ? found : nil
    }

    private static func collect(_ schema: JSONValue, path: [String], into found: inout [Parameter]) -> Bool {
        for member in schema["properties"]?.objectValue?.members ?? [] {
            let path = path + [member.key]
            if let mark = member.value["x-mcp-header"] {
                guard let name = mark.stringValue, isToken(name),
                    ["string", "integer", "boolean"].contains(member.value["type"]?.stringValue ?? "")
                else { return false }
                found.append(Parameter(path: path, name: name))
            }
            guard collect(member.value, path: path, into: &found) else { return false }
        }
        return true
    }

    /// How many marks there are anywhere in a schema, those outside of chains of `properties` included.
    private static func count(_ value: JSONValue) -> Int {
        switch value {
        case .array(let elements): elements.reduce(0) { $0 + count($1) }
        case .object(let object):
            object.members.reduce(0) { total, member in
                total + (member.key == "x-mcp-header" && member.value.objectValue == nil ? 1 : 0) + count(member.value)
            }
        default: 0
        }
    }

    /// RFC 9110 §5.6.2.
    private static func isToken(_ name: String) -> Bool {
        let others = Set("!#$%&'*+-.^_`|~".utf8)
        return !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x80
                    || others.contains(byte)
            }
    }
}
