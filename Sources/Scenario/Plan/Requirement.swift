import WireFormats

/// A secret that the recording masked (`hmac:` and 16 digits) and that the client has to send.
package struct Requirement: Sendable, Hashable {
    package enum Place: Sendable, Hashable {
        /// A header field of every request, by its name in lower case.
        case header(String)
        /// An item of the URL's query.
        case query(String)
        /// A member of a request.
        case body(step: Int, JSONPath)
    }

    package var place: Place
    /// What stands in the recording instead; equal secrets have equal ones.
    package var mask: String

    package init(place: Place, mask: String) {
        self.place = place
        self.mask = mask
    }

    /// By which it is asked for: the field, the item, or the last name of the path.
    package var name: String {
        switch place {
        case .header(let name), .query(let name): name
        case .body(_, let path):
            path.parts.lazy.reversed().compactMap { if case .key(let key) = $0 { key } else { nil } }.first
                ?? path.description
        }
    }
}
