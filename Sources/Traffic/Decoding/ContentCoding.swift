import WireFormats

/// How the content of a message was encoded. (RFC 9110 §8.4)
package enum ContentCoding: Sendable, Hashable {
    case identity
    /// Also by its old name `x-gzip`.
    case gzip
    /// DEFLATE data in the wrapping of zlib, as it should be, or bare, as some send it. (RFC 9110 §8.4.1.2)
    case deflate
    /// Another one, or several one on the other: the names in lower case.
    case unread(String)

    package init(_ fields: [HTTPField]) {
        var names: [String] = []
        for field in fields where field.name.isASCIIEqual(toLowercase: "content-encoding") {
            for name in field.value.split(separator: ",") {
                let name = String(name).trimmed().lowercased()
                if !name.isEmpty, name != "identity" { names.append(name) }
            }
        }
        switch names {
        case []: self = .identity
        case ["gzip"], ["x-gzip"]: self = .gzip
        case ["deflate"]: self = .deflate
        default: self = .unread(names.joined(separator: ", "))
        }
    }

    /// As the header names it; empty for `identity`.
    package var name: String {
        switch self {
        case .identity: ""
        case .gzip: "gzip"
        case .deflate: "deflate"
        case .unread(let names): names
        }
    }

    /// Whether the content can be told.
    package var isRead: Bool {
        if case .unread = self { false } else { true }
    }
}

/// Why content is not decoded, or not to its end.
package struct ContentNote: Sendable, Hashable {
    package enum Why: String, Sendable, Hashable, CaseIterable {
        /// A coding that is not read.
        case unread
        /// The encoded data is wrong.
        case broken
        /// The encoded data lacks its end, although the message has come to its own.
        case cut
        /// Something that is no encoded data follows behind its end.
        case trailing
        /// It comes to more than is kept.
        case tooLarge = "too_large"
        /// The encoded bytes of a stream are not kept beyond `offset`; its events are.
        case rawLimit = "raw_limit"
    }
    package enum Place: String, Sendable, Hashable {
        case request, response
    }
    package var place: Place
    /// As the header names it.
    package var coding: String
    package var why: Why
    /// How much of the content as sent was decoded, or is kept.
    package var offset: Int64

    package init(place: Place, coding: String, why: Why, offset: Int64) {
        self.place = place
        self.coding = coding
        self.why = why
        self.offset = offset
    }
}
