/// Why bytes are no HTTP/1 message that may be acted on.
package struct HTTP1Error: Error, Sendable, Hashable, CustomStringConvertible {
    package let kind: Kind

    package init(_ kind: Kind) { self.kind = kind }

    package var description: String { kind.sentence }

    /// The status with which a server answers such a request before it closes: 400, or what `RFC 9110 §15` and
    /// `RFC 6585 §5` name for the case.
    package var responseStatus: Int {
        switch kind {
        case .headTooLong, .tooManyFields, .trailersTooLong: 431
        case .unsupportedTransferCoding: 501
        case .unsupportedVersion, .http2Preface, .http09: 505
        default: 400
        }
    }

    /// What was wrong. Under `.strict` it is thrown; under `.observe` it is noted in `HTTP1Deviations`.
    package enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        // Start lines.
        case invalidMethod, invalidTarget, invalidVersion, unsupportedVersion, http09, http2Preface
        case invalidStatusLine, unexpectedResponse
        // Lines of heads and trailers.
        case bareLF, bareCR, controlCharacter, obsFold, blankBeforeColon, invalidFieldName, missingColon
        case whitespaceBeforeFirstField
        // Framing fields and Host.
        case contentLengthWithTransferCoding, invalidContentLength, repeatedContentLength, conflictingContentLength
        case unsupportedTransferCoding, transferCodingInHTTP10, transferCodingNotAllowed
        case missingHost, repeatedHost, invalidHost
        // Chunked bodies.
        case invalidChunkSize, invalidChunkExtension, missingChunkEnd, forbiddenTrailer
        // Limits.
        case headTooLong, tooManyFields, chunkLineTooLong, trailersTooLong
        // Only noted, never thrown.
        case missingReasonSpace, startLineSpacing, framingLost, bytesLost
    }
}

extension HTTP1Error.Kind {
    /// One sentence for people, with the clause.
    package var sentence: String {
        switch self {
        case .invalidMethod: "The request does not start with a method (RFC 9112 §3)."
        case .invalidTarget: "The request target is not valid for its method (RFC 9112 §3.2)."
        case .invalidVersion: "The request line does not end with an HTTP version (RFC 9112 §2.3)."
        case .unsupportedVersion: "The HTTP version is neither 1.0 nor 1.1 (RFC 9110 §15.6.6)."
        case .http09: "The request line has no version, as in HTTP/0.9 (RFC 9112 §3)."
        case .http2Preface: "The client speaks HTTP/2 (RFC 9113 §3.4)."
        case .invalidStatusLine: "The response does not start with a status line (RFC 9112 §4)."
        case .unexpectedResponse: "A response came that no request asked for (RFC 9112 §9.2)."
        default: lineSentence
        }
    }

    private var lineSentence: String {
        switch self {
        case .bareLF: "A line ends with LF without CR (RFC 9112 §2.2)."
        case .bareCR: "A line contains CR without LF (RFC 9112 §2.2)."
        case .controlCharacter: "A line contains NUL or another control character (RFC 9110 §5.5)."
        case .obsFold: "A field value goes on in a second line (RFC 9112 §5.2)."
        case .blankBeforeColon: "Blanks stand between a field name and its colon (RFC 9112 §5.1)."
        case .invalidFieldName: "A field name is empty or not a token (RFC 9110 §5.1)."
        case .missingColon: "A field line has no colon (RFC 9112 §5)."
        case .whitespaceBeforeFirstField: "Blanks stand before the first field line (RFC 9112 §2.2)."
        case .missingReasonSpace: "The status line has no space after its status code (RFC 9112 §4)."
        case .startLineSpacing: "The start line is not separated by single spaces (RFC 9112 §3)."
        default: framingSentence
        }
    }

    private var framingSentence: String {
        switch self {
        case .contentLengthWithTransferCoding: "Content-Length stands with Transfer-Encoding (RFC 9112 §6.1)."
        case .invalidContentLength: "Content-Length is not a number that fits (RFC 9110 §8.6)."
        case .repeatedContentLength: "Content-Length is given more than once (RFC 9110 §8.6)."
        case .conflictingContentLength: "Content-Length is given with differing values (RFC 9112 §6.3)."
        case .unsupportedTransferCoding: "Transfer-Encoding is not one final chunked (RFC 9112 §6.1)."
        case .transferCodingInHTTP10: "Transfer-Encoding stands in an HTTP/1.0 message (RFC 9112 §6.1)."
        case .transferCodingNotAllowed: "Transfer-Encoding stands in a 1xx or 204 response (RFC 9112 §6.1)."
        case .missingHost: "An HTTP/1.1 request has no Host (RFC 9112 §3.2)."
        case .repeatedHost: "A request has more than one Host (RFC 9112 §3.2)."
        case .invalidHost: "The value of Host is no host with optional port (RFC 9112 §3.2)."
        default: chunkSentence
        }
    }

    private var chunkSentence: String {
        switch self {
        case .invalidChunkSize: "A chunk size is not a hexadecimal number that fits (RFC 9112 §7.1)."
        case .invalidChunkExtension: "What follows a chunk size is no chunk extension (RFC 9112 §7.1.1)."
        case .missingChunkEnd: "Chunk data is not followed by CRLF (RFC 9112 §7.1)."
        case .forbiddenTrailer: "A trailer field is one that frames or routes the message (RFC 9110 §6.5.1)."
        case .headTooLong: "The head is longer than the limit (RFC 6585 §5)."
        case .tooManyFields: "The head has more field lines than the limit (RFC 6585 §5)."
        case .chunkLineTooLong: "A chunk-size line is longer than the limit (RFC 9112 §7.1.1)."
        case .trailersTooLong: "The trailer section is longer than the limit (RFC 6585 §5)."
        case .framingLost: "Where the message ends cannot be told (RFC 9112 §6.3)."
        case .bytesLost: "Bytes of the message were not captured."
        default: "The message is malformed (RFC 9112)."
        }
    }
}
