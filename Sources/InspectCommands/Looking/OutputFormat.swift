import ArgumentParser

/// `--format` of a command that has lines to read.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, ndjson
}

/// `--format` of a command that has rows.
enum TableFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, ndjson, csv
}

/// `--format text|json|ndjson`
struct FormatOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How to print: text to read, one JSON array, or one JSON object a line.",
            valueName: "format"))
    var format: OutputFormat = Environment.text("FORMAT").flatMap { OutputFormat(argument: $0) } ?? .text

    func validate() throws { try Environment.requireFormat(OutputFormat.self) }
}

extension Environment {
    /// Refuses an `MCP_INSPECT_FORMAT` that the command does not have.
    static func requireFormat<Format: ExpressibleByArgument & CaseIterable & RawRepresentable>(
        _: Format.Type
    ) throws where Format.RawValue == String {
        guard let text = text("FORMAT"), Format(rawValue: text) == nil else { return }
        let formats = Format.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("MCP_INSPECT_FORMAT is \(text), but the formats of this command are \(formats).")
    }
}

/// Objects written as one JSON array, or as one line each.
struct ObjectList {
    private let isArray: Bool
    private let write: (String) -> Void
    private var held: String?

    init(isArray: Bool, write: @escaping (String) -> Void = Terminal.line) {
        self.isArray = isArray
        self.write = write
    }

    mutating func add(_ object: JSONText) {
        guard isArray else { return write(object.line) }
        write(held.map { $0 + "," } ?? "[")
        held = object.line
    }

    mutating func finish() {
        guard isArray else { return }
        if let held { write(held) } else { write("[") }
        write("]")
    }
}
