import MCPTransports

/// What a JSON value must look like: a small part of JSON Schema, enough to hold messages against a revision.
indirect enum WireShape: Sendable {
    case string, integer, number, bool, anything
    case constant(JSONValue)
    case oneOf([JSONValue])
    case list(WireShape)
    /// An object with these members; those that end with a question mark may be missing. Others may be there.
    case object([String: WireShape])
    case either([WireShape])

    /// What is wrong with a value, each as a place and a sentence.
    func problems(of value: JSONValue?, at place: String = "$") -> [String] {
        guard let value else { return ["\(place) is missing"] }
        switch self {
        case .anything: return []
        case .string: return value.stringValue == nil ? ["\(place) is no string: \(value)"] : []
        case .bool: return value.boolValue == nil ? ["\(place) is no truth value: \(value)"] : []
        case .number: return value.doubleValue == nil ? ["\(place) is no number: \(value)"] : []
        case .integer:
            guard case .integer = value else { return ["\(place) is no whole number: \(value)"] }
            return []
        case .constant(let constant): return value == constant ? [] : ["\(place) is not \(constant): \(value)"]
        case .oneOf(let values): return values.contains(value) ? [] : ["\(place) is none of \(values): \(value)"]
        case .list(let element):
            guard let elements = value.arrayValue else { return ["\(place) is no array: \(value)"] }
            return elements.enumerated().flatMap { element.problems(of: $1, at: "\(place)[\($0)]") }
        case .object(let members):
            guard let object = value.objectValue else { return ["\(place) is no object: \(value)"] }
            return Self.problems(of: object, members, at: place)
        case .either(let shapes):
            let all = shapes.map { $0.problems(of: value, at: place) }
            return all.contains([]) ? [] : ["\(place) is none of \(shapes.count) shapes: \(all)"]
        }
    }

    private static func problems(
        of object: JSONObject, _ members: [String: WireShape], at place: String
    ) -> [String] {
        members.flatMap { name, shape in
            let isOptional = name.hasSuffix("?")
            let key = isOptional ? String(name.dropLast()) : name
            if isOptional, object[key] == nil { return [String]() }
            return shape.problems(of: object[key], at: "\(place).\(key)")
        }
    }

    /// The same object with further members.
    func with(_ more: [String: WireShape]) -> WireShape {
        guard case .object(let members) = self else { return self }
        return .object(members.merging(more) { $1 })
    }
}
