import Traffic

/// A row type and its table. Columns, `put` and `init(from:)` keep one order.
protocol StoredRow {
    static var table: Table { get }
    func put(into statement: Statement)
    /// Takes the columns of the row that the statement stands on. Throws where somebody else wrote the file badly.
    init(from statement: Statement) throws(StoreFailure)
}

/// A table's name and the columns that are written and read, in that order; the first is `id`.
struct Table: Sendable {
    var name: String
    var columns: [String]

    init(_ name: String, _ columns: String) {
        self.name = name
        self.columns = columns.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\n" }).map(String.init)
    }

    var list: String { columns.joined(separator: ", ") }

    func list(prefix: String) -> String { columns.map { prefix + $0 }.joined(separator: ", ") }

    var insert: String {
        let marks = repeatElement("?", count: columns.count).joined(separator: ", ")
        return "INSERT INTO \(name) (\(list)) VALUES (\(marks))"
    }

    /// Writes a row or replaces the one with its id, except for the columns to keep.
    func upsert(keeping kept: Set<String> = []) -> String {
        let changes = columns.dropFirst().filter { !kept.contains($0) }.map { "\($0) = excluded.\($0)" }
        return insert + " ON CONFLICT (id) DO UPDATE SET " + changes.joined(separator: ", ")
    }

    var select: String { "SELECT \(list) FROM \(name)" }
}

/// Ids of a recording's rows: `recording id << 32 | counter`.
struct RowRange {
    var lower: Int64
    var upper: Int64

    init(recording: Int64) {
        lower = recording << 32
        upper = (recording + 1) << 32 - 1
    }

    var condition: String { "id BETWEEN \(lower) AND \(upper)" }
}
