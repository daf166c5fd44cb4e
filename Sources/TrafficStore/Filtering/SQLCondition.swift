/// A condition of SQL with what is bound to its question marks, in their order.
struct SQLCondition: Hashable {
    var sql: String
    var arguments: [StoredValue] = []

    init(_ sql: String, _ arguments: StoredValue...) {
        self.sql = sql
        self.arguments = arguments
    }

    private init(_ sql: String, all arguments: [StoredValue]) {
        self.sql = sql
        self.arguments = arguments
    }

    /// 0 where it is NULL, so that `NOT` makes it 1.
    var twoValued: SQLCondition { SQLCondition("coalesce(\(sql), 0)", all: arguments) }

    static prefix func ! (condition: SQLCondition) -> SQLCondition {
        SQLCondition("NOT (\(condition.sql))", all: condition.arguments)
    }

    /// Flat, because SQLite bounds how deep its parser and its expressions nest.
    static func joined(_ parts: [SQLCondition], by word: String) -> SQLCondition {
        SQLCondition("(" + parts.map(\.sql).joined(separator: " \(word) ") + ")", all: parts.flatMap(\.arguments))
    }
}
