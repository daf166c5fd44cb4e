import Glibc

/// A value of a column as it stands in the file.
package enum StoredValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    init(_ value: Int64?) { self = value.map { .integer($0) } ?? .null }
    init(_ value: String?) { self = value.map { .text($0) } ?? .null }
}

extension [UInt8] {
    /// Whether the bytes can stand as TEXT and come back the same: UTF-8 without NUL, at which many readers stop.
    var isPlainText: Bool {
        withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, buffer.count > 0 else { return true }
            return memchr(base, 0, buffer.count) == nil
        } && (try? UTF8Span(validating: span)) != nil
    }
}
