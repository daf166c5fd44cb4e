/// Why a text is no `http` or `https` URL that a client may use.
package struct HTTPURLError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable, CaseIterable {
        case unknownScheme, noHost, userInformation, invalidHost, nonASCIIHost, invalidPort, forbiddenCharacter
    }

    package let kind: Kind

    package init(_ kind: Kind) { self.kind = kind }

    /// One sentence. It does not quote the URL, which may hold a secret.
    package var description: String {
        switch kind {
        case .unknownScheme: "The URL must start with http:// or https://."
        case .noHost: "The URL names no host."
        case .userInformation: "User and password do not belong into the URL (RFC 9110 §4.2.4)."
        case .invalidHost: "The host of the URL is neither a name nor an IPv4 address nor an IPv6 address in brackets."
        case .nonASCIIHost: "The host of the URL is not in ASCII; write it in its xn-- form (RFC 5890 §2.3.2.1)."
        case .invalidPort: "The port of the URL is not a number from 1 to 65535."
        case .forbiddenCharacter: "The URL has a blank or a control character; percent-encode it (RFC 3986 §2.1)."
        }
    }
}
