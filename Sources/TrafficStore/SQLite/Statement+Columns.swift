import CSQLite
import Traffic

extension Statement {
    var columnNames: [String] {
        (0..<sqlite3_column_count(handle)).map { String(cString: sqlite3_column_name(handle, $0)) }
    }

    func takeInteger() -> Int64 { sqlite3_column_int64(handle, nextColumn()) }

    func takeOptionalInteger() -> Int64? {
        let index = nextColumn()
        return isNull(index) ? nil : sqlite3_column_int64(handle, index)
    }

    func takeOptionalReal() -> Double? {
        let index = nextColumn()
        return isNull(index) ? nil : sqlite3_column_double(handle, index)
    }

    func takeText() -> String { takeOptionalText() ?? "" }

    func takeOptionalText() -> String? {
        takeContent().map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a TEXT or BLOB.
    func takeContent() -> [UInt8]? {
        let index = nextColumn()
        return isNull(index) ? nil : content(index)
    }

    func takeValue() -> StoredValue {
        let index = nextColumn()
        switch sqlite3_column_type(handle, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, index))
        case SQLITE_TEXT: return .text(String(decoding: content(index), as: UTF8.self))
        case SQLITE_BLOB: return .blob(content(index))
        default: return .null
        }
    }

    /// One of the words that a column knows, or a failure that names the word.
    func takeOptionalWord<Word: RawRepresentable>(_: Word.Type = Word.self) throws(StoreFailure) -> Word?
    where Word.RawValue == String {
        let index = column
        guard let text = takeOptionalText() else { return nil }
        if let word = Word(rawValue: text) { return word }
        let name = String(cString: sqlite3_column_name(handle, index))
        throw StoreFailure(
            .corrupt,
            "\(connection.path) holds the unknown word '\(text)' in a column \(name): it was changed by hand "
                + "or by a newer version"
        )
    }

    func takeWord<Word: RawRepresentable>(_ type: Word.Type = Word.self) throws(StoreFailure) -> Word
    where Word.RawValue == String {
        let index = column
        if let word = try takeOptionalWord(type) { return word }
        let name = String(cString: sqlite3_column_name(handle, index))
        throw StoreFailure(
            .corrupt,
            "\(connection.path) holds nothing in a column \(name) that must have a value: it was changed by hand")
    }

    private func content(_ index: Int32) -> [UInt8] {
        // sqlite3_column_blob gives the bytes of TEXT too, and must be called before sqlite3_column_bytes.
        guard let bytes = sqlite3_column_blob(handle, index) else { return [] }
        return Array(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, index))))
    }

    private func isNull(_ index: Int32) -> Bool { sqlite3_column_type(handle, index) == SQLITE_NULL }
}
