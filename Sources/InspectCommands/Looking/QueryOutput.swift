import TrafficStore

/// The rows of a query, written as they come.
struct QueryOutput {
    private let columns: [String]
    private let format: TableFormat
    private let write: (String) -> Void
    private let style: TextStyle
    private var objects: ObjectList
    private var table: TextTable?
    private var held: [[String]] = []
    private var areNumeric: [Bool]

    /// So many rows decide how wide the columns of a table are.
    static let sampleSize = 500

    init(columns: [String], format: TableFormat, style: TextStyle, write: @escaping (String) -> Void = Terminal.line) {
        self.columns = columns
        self.format = format
        self.style = style
        self.write = write
        objects = ObjectList(isArray: format == .json, write: write)
        areNumeric = columns.map { _ in true }
        if format == .csv { write(columns.map(Self.csv).joined(separator: ",")) }
    }

    mutating func add(_ row: [StoredValue]) {
        switch format {
        case .json, .ndjson: objects.add(.object(zip(columns, row).map { .init($0, Self.json($1)) }))
        case .csv: write(row.map { Self.csv(Self.text($0, null: "")) }.joined(separator: ","))
        case .table:
            let cells = row.map { Self.text($0, null: "NULL").visible }
            if let table { return write(table.line(cells)) }
            for (index, value) in row.enumerated() where !value.isNumberOrNull { areNumeric[index] = false }
            held.append(cells)
            if held.count == Self.sampleSize { flush() }
        }
    }

    mutating func finish() {
        switch format {
        case .json, .ndjson: objects.finish()
        case .table: flush()
        case .csv: return
        }
    }

    private mutating func flush() {
        guard table == nil else { return }
        let isNumeric = areNumeric.map { $0 && !held.isEmpty }
        let columns = zip(columns, isNumeric).map { TextTable.Column($0.visible, isNumeric: $1) }
        let table = TextTable(columns, sample: held)
        write(style.dim(table.heading))
        for row in held { write(table.line(row)) }
        held = []
        self.table = table
    }

    private static func text(_ value: StoredValue, null: String) -> String {
        switch value {
        case .null: null
        case .integer(let value): String(value)
        case .real(let value): String(value)
        case .text(let value): value
        case .blob(let bytes): "x'\(hexadecimal(bytes))'"
        }
    }

    private static func json(_ value: StoredValue) -> JSONText {
        switch value {
        case .null: .null
        case .integer(let value): .integer(value)
        case .real(let value): .real(value)
        case .text(let value): .string(value)
        case .blob(let bytes): .string(hexadecimal(bytes))
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Quoted where it must be. (RFC 4180 §2)
    private static func csv(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }) else {
            return text
        }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

extension StoredValue {
    fileprivate var isNumberOrNull: Bool {
        switch self {
        case .null, .integer, .real: true
        case .text, .blob: false
        }
    }
}
