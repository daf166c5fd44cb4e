/// One argument of a tool that clients repeat in a header field, so that what stands between can route by it
/// (MCP 2026-07-28 server/tools, `x-mcp-header`).
struct ParameterHeader: Sendable, Hashable {
    /// Why a schema must not be offered.
    struct Invalid: Error, Hashable {
        let reason: String
    }

    static let annotation = "x-mcp-header"
    private static let types: Set<String> = ["string", "integer", "boolean"]

    /// The names from the arguments down to the property.
    let path: [String]
    /// The name of the field behind `Mcp-Param-`.
    let token: String
    /// Whether the value is a whole number, which is compared as one.
    let isInteger: Bool

    /// The field's name in lower case.
    var fieldName: String { "mcp-param-\(token.lowercased())" }

    /// The annotated properties of an input schema.
    ///
    /// - Throws: what is wrong with an annotation: clients must not use such a tool.
    static func all(in schema: JSONValue) throws(Invalid) -> [ParameterHeader] {
        var found: [ParameterHeader] = []
        try collect(schema, path: [], isReachable: true, into: &found)
        var names: Set<String> = []
        for header in found where !names.insert(header.fieldName).inserted {
            throw Invalid(reason: "two properties have the \(annotation) \"\(header.token)\"")
        }
        return found
    }

    /// Walks the places where schemas stand. Below anything but `properties` no annotation may be. The parser limits how
    /// deep a schema that came as text can be; one made in code is its author's.
    private static func collect(
        _ schema: JSONValue, path: [String], isReachable: Bool, into found: inout [ParameterHeader]
    ) throws(Invalid) {
        if let annotated = schema[annotation] {
            guard isReachable, !path.isEmpty else {
                throw Invalid(reason: "\(annotation) stands where properties alone do not lead")
            }
            found.append(try header(annotated, of: schema, path: path))
        }
        for member in schema.objectValue?.members ?? [] {
            switch member.key {
            case "properties":
                for property in member.value.objectValue?.members ?? [] {
                    try collect(property.value, path: path + [property.key], isReachable: isReachable, into: &found)
                }
            case "patternProperties", "dependentSchemas", "$defs", "definitions":
                for entry in member.value.objectValue?.members ?? [] {
                    try collect(entry.value, path: path, isReachable: false, into: &found)
                }
            case "allOf", "anyOf", "oneOf", "prefixItems":
                for entry in member.value.arrayValue ?? [] {
                    try collect(entry, path: path, isReachable: false, into: &found)
                }
            case "items", "contains", "unevaluatedItems", "additionalProperties", "propertyNames",
                "unevaluatedProperties", "not", "if", "then", "else", "contentSchema":
                try collect(member.value, path: path, isReachable: false, into: &found)
            default: break
            }
        }
    }

    private static func header(
        _ annotated: JSONValue, of schema: JSONValue, path: [String]
    ) throws(Invalid) -> ParameterHeader {
        let place = path.joined(separator: ".")
        guard let token = annotated.stringValue, HTTPRequest.Field.isToken(token) else {
            throw Invalid(reason: "the \(annotation) of \"\(place)\" is no name of a header field")
        }
        guard let type = schema["type"]?.stringValue, types.contains(type) else {
            throw Invalid(reason: "\"\(place)\" has an \(annotation) but is no string, integer or boolean")
        }
        return ParameterHeader(path: path, token: token, isInteger: type == "integer")
    }
}

extension ParameterHeader {
    /// Holds the field of a request against the argument it repeats.
    ///
    /// - Throws: a header mismatch when only one of them is there, or they differ.
    func validate(_ request: HTTPRequest, arguments: JSONValue) throws(MCPError) {
        let values = request.fields.filter { $0.name == fieldName }.map(\.value)
        guard values.count <= 1 else { throw .headerMismatch("Mcp-Param-\(token) is there more than once") }
        let argument = path.reduce(JSONValue?.some(arguments)) { $0?[$1] }
        guard let argument, argument != .null else {
            guard values.isEmpty else {
                throw .headerMismatch("Mcp-Param-\(token) is there, but the argument it repeats is not")
            }
            return
        }
        guard let value = values.first else {
            throw .headerMismatch("Mcp-Param-\(token) is missing")
        }
        guard let text = HeaderValue.decoded(value), matches(text, argument) else {
            throw .headerMismatch("Mcp-Param-\(token) does not say what the argument says")
        }
    }

    private func matches(_ text: String, _ argument: JSONValue) -> Bool {
        switch argument {
        case .string(let value): text == value
        case .bool(let value): text == (value ? "true" : "false")
        case .integer(let value): isInteger ? Self.wholeNumber(text) == value : text == String(value)
        case .number(let value):
            if isInteger, let whole = Int64(exactly: value) {
                Self.wholeNumber(text) == whole
            } else {
                text == argument.description
            }
        case .null, .array, .object: false
        }
    }

    /// The number of `42`, `-1` or `42.0`.
    private static func wholeNumber(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.dropFirst().allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0 == "0" } }),
            text.first != "+"
        else { return nil }
        return Int64(parts[0])
    }
}
