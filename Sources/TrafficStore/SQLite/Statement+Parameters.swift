import CSQLite
import Traffic
import WireFormats

extension Statement {
    func put(_ value: Int64) { note(sqlite3_bind_int64(handle, nextParameter(), value)) }

    func put(_ value: Int64?) {
        if let value { put(value) } else { putNull() }
    }

    func put(_ value: Double?) {
        let index = nextParameter()
        if let value { note(sqlite3_bind_double(handle, index, value)) } else { note(sqlite3_bind_null(handle, index)) }
    }

    func put(_ value: String) {
        let index = nextParameter()
        var value = value
        let code = value.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) {
                csqlite_bind_text(handle, index, $0.baseAddress ?? Self.empty, UInt64($0.count))
            }
        }
        note(code)
    }

    func put(_ value: String?) {
        if let value { put(value) } else { putNull() }
    }

    func put<Word: RawRepresentable>(_ value: Word?) where Word.RawValue == String { put(value?.rawValue) }

    func put(_ value: Bool) { put(value ? 1 : 0 as Int64) }

    /// TEXT where the bytes are plain text, else BLOB.
    func put(content: [UInt8]?) {
        guard let content else { return putNull() }
        if content.isPlainText { put(text: content) } else { put(blob: content) }
    }

    /// As JSON text.
    func put(fields: [HTTPField]?) {
        guard let fields else { return putNull() }
        if let text = fieldTexts.made(of: fields) { return put(text: text) }
        let text = StoredJSON.text(of: fields)
        fieldTexts.keep(text, of: fields)
        put(text: text)
    }

    /// Bytes that are text for certain.
    func put(text: [UInt8]?) {
        guard let text else { return putNull() }
        let index = nextParameter()
        let code = text.withUnsafeBytes { bytes in
            let text = bytes.assumingMemoryBound(to: CChar.self)
            return csqlite_bind_text(handle, index, text.baseAddress ?? Self.empty, UInt64(text.count))
        }
        note(code)
    }

    func put(blob: [UInt8]?) {
        guard let blob else { return putNull() }
        let index = nextParameter()
        let code = blob.withUnsafeBytes { bytes in
            bytes.isEmpty
                ? sqlite3_bind_zeroblob(handle, index, 0)
                : csqlite_bind_blob(handle, index, bytes.baseAddress, UInt64(bytes.count))
        }
        note(code)
    }

    func put(_ value: StoredValue) {
        switch value {
        case .null: putNull()
        case .integer(let integer): put(integer)
        case .real(let real): put(real)
        case .text(let text): put(text)
        case .blob(let bytes): put(blob: bytes)
        }
    }

    func putNull() { note(sqlite3_bind_null(handle, nextParameter())) }

    /// Where an empty buffer has no address, this is one: a null pointer would bind NULL.
    ///
    /// Unsafe and right: the byte is written once, before anybody else can have the pointer, and never again or freed.
    nonisolated(unsafe) private static let empty: UnsafePointer<CChar> = {
        let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        pointer.pointee = 0
        return UnsafePointer(pointer)
    }()
}
