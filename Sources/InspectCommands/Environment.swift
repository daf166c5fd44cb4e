import ArgumentParser
import Foundation

/// Defaults of options from `MCP_INSPECT_*`: a flag wins over its variable, and the variable over the built-in value.
enum Environment {
    static func text(_ name: String) -> String? {
        guard let value = ProcessInfo.processInfo.environment["MCP_INSPECT_\(name)"], !value.isEmpty else { return nil }
        return value
    }

    /// Set to anything but `0`, `false` or `no`.
    static func flag(_ name: String) -> Bool {
        guard let value = text(name)?.lowercased() else { return false }
        return !["0", "false", "no"].contains(value)
    }

    static func list(_ name: String) -> [String] {
        text(name).map { $0.split(separator: ",").map { String($0) } } ?? []
    }

    /// Where values may hold commas: one a line.
    static func lines(_ name: String) -> [String] {
        text(name).map { $0.split(separator: "\n").map { String($0) } } ?? []
    }

    /// Refuses a variable that cannot be meant, which would else count as not set.
    static func require<Value: ExpressibleByArgument>(_ name: String, _: Value.Type) throws {
        guard let text = text(name), Value(argument: text) == nil else { return }
        let values = Value.allValueStrings
        let form = UsageSentence.form(of: Value.self).map { ": \($0)" } ?? ""
        let expected = values.isEmpty ? form : "; it is one of \(values.joined(separator: ", "))"
        throw ValidationError("MCP_INSPECT_\(name) cannot be \(text)\(expected).")
    }
}
