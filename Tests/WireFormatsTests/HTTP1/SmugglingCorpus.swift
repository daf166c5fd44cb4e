import WireFormats

/// Requests (and pairs of them) that two readers of different leniency see as different messages. None may pass
/// under `.strict`.
enum SmugglingCorpus {
    struct Attack {
        var name: String
        var text: String
        var kind: HTTP1Error.Kind
    }

    static let hidden = "GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"

    private static func fields(_ kind: HTTP1Error.Kind, _ name: String, _ lines: String..., body: String? = nil)
        -> Attack
    {
        let head = "POST / HTTP/1.1\r\nHost: localhost\r\n" + lines.map { $0 + "\r\n" }.joined()
        return Attack(name: name, text: head + "\r\n" + (body ?? "0\r\n\r\n" + hidden), kind: kind)
    }

    private static func chunks(_ kind: HTTP1Error.Kind, _ name: String, _ body: String) -> Attack {
        fields(kind, name, "Transfer-Encoding: chunked", body: body + hidden)
    }

    static let all = lengths + codings + lines + chunkForms

    static let lengths = [
        fields(.contentLengthWithTransferCoding, "CL.TE", "Content-Length: 6", "Transfer-Encoding: chunked"),
        fields(.contentLengthWithTransferCoding, "TE.CL", "Transfer-Encoding: chunked", "Content-Length: 4"),
        fields(.contentLengthWithTransferCoding, "CL.0 and TE", "Content-Length: 0", "transfer-encoding:chunked"),
        fields(.conflictingContentLength, "CL.CL", "Content-Length: 5", "Content-Length: 6"),
        fields(.conflictingContentLength, "list of lengths", "Content-Length: 5, 6"),
        fields(.repeatedContentLength, "equal list of lengths", "Content-Length: 5, 5"),
        fields(.repeatedContentLength, "equal lengths", "Content-Length: 5", "Content-Length: 5"),
        fields(.repeatedContentLength, "lengths equal in value", "Content-Length: 5", "Content-Length: 05"),
        fields(.invalidContentLength, "plus sign", "Content-Length: +5"),
        fields(.invalidContentLength, "minus sign", "Content-Length: -5"),
        fields(.invalidContentLength, "hexadecimal", "Content-Length: 0x5"),
        fields(.invalidContentLength, "blank inside", "Content-Length: 5 0"),
        fields(.invalidContentLength, "empty", "Content-Length:"),
        fields(.invalidContentLength, "empty element", "Content-Length: 5,"),
        fields(.invalidContentLength, "fraction", "Content-Length: 5.0"),
        fields(.invalidContentLength, "underscore", "Content-Length: 1_0"),
        fields(.invalidContentLength, "overflow", "Content-Length: 18446744073709551621"),
        fields(.invalidContentLength, "sign bit", "Content-Length: 9223372036854775808"),
        fields(.controlCharacter, "NUL in length", "Content-Length: 5\u{0}0"),
        fields(.controlCharacter, "vertical tab", "Content-Length: \u{B}5"),
    ]

    static let codings = [
        fields(.unsupportedTransferCoding, "identity", "Transfer-Encoding: identity"),
        fields(.unsupportedTransferCoding, "other coding", "Transfer-Encoding: xchunked"),
        fields(.unsupportedTransferCoding, "chunked not last", "Transfer-Encoding: chunked, identity"),
        fields(.unsupportedTransferCoding, "another before", "Transfer-Encoding: gzip, chunked"),
        fields(.unsupportedTransferCoding, "twice", "Transfer-Encoding: chunked, chunked"),
        fields(.unsupportedTransferCoding, "TE.TE", "Transfer-Encoding: chunked", "Transfer-encoding: cow"),
        fields(.unsupportedTransferCoding, "cow first", "Transfer-Encoding: cow", "Transfer-Encoding: chunked"),
        fields(.unsupportedTransferCoding, "quoted", "Transfer-Encoding: \"chunked\""),
        fields(.unsupportedTransferCoding, "parameter", "Transfer-Encoding: chunked;q=1"),
        fields(.unsupportedTransferCoding, "empty element", "Transfer-Encoding: , chunked"),
        fields(.unsupportedTransferCoding, "empty element behind", "Transfer-Encoding: chunked,"),
        fields(.unsupportedTransferCoding, "empty", "Transfer-Encoding:"),
        fields(.controlCharacter, "vertical tab before", "Transfer-Encoding: \u{B}chunked"),
        fields(.controlCharacter, "NUL behind", "Transfer-Encoding: chunked\u{0}"),
        fields(.unsupportedTransferCoding, "non-breaking space", "Transfer-Encoding: \u{A0}chunked"),
        Attack(
            name: "HTTP/1.0", text: "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
            kind: .transferCodingInHTTP10),
    ]

    static let lines = [
        fields(.blankBeforeColon, "blank before colon", "Content-Length: 5", "Transfer-Encoding : chunked"),
        fields(.blankBeforeColon, "tab before colon", "Transfer-Encoding\t: chunked"),
        fields(.obsFold, "folded name", "Content-Length: 5", " Transfer-Encoding: chunked"),
        fields(.obsFold, "folded value", "Transfer-Encoding:\r\n chunked"),
        fields(.obsFold, "tab folded", "X: y\r\n\tTransfer-Encoding: chunked"),
        fields(.bareLF, "LF in value", "X: y\nTransfer-Encoding: chunked"),
        fields(.bareCR, "CR in value", "X: y\rTransfer-Encoding: chunked"),
        fields(.bareCR, "CR before name", "X: y", "\rTransfer-Encoding: chunked"),
        fields(.invalidFieldName, "control in name", "X: y", "\u{1}Transfer-Encoding: chunked"),
        fields(.invalidFieldName, "NUL in name", "Transfer-Encoding\u{0}: chunked"),
        fields(.missingColon, "no colon", "Transfer-Encoding chunked"),
        fields(.bareCR, "CR CR LF", "X: y\r", "Transfer-Encoding: chunked"),
        fields(.repeatedHost, "two hosts", "Host: other"),
        Attack(
            name: "blank before the first field", text: "GET / HTTP/1.1\r\n Host: a\r\nHost: b\r\n\r\n",
            kind: .whitespaceBeforeFirstField),
        Attack(name: "request in a target", text: "GET / HTTP/1.1 HTTP/1.1\r\nHost: a\r\n\r\n", kind: .invalidVersion),
        Attack(name: "no version", text: "GET /\r\n\r\n" + hidden, kind: .http09),
        Attack(name: "preface", text: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + hidden, kind: .http2Preface),
    ]

    static let chunkForms = [
        chunks(.bareLF, "LF behind size", "1\na\r\n0\r\n\r\n"),
        chunks(.bareLF, "LF in extension", "1;x\na\r\n0\r\n\r\n"),
        chunks(.bareCR, "CR in extension", "1;x\ry\r\na\r\n0\r\n\r\n"),
        chunks(.missingChunkEnd, "LF behind data", "1\r\na\n0\r\n\r\n"),
        chunks(.missingChunkEnd, "no end of data", "1\r\na0\r\n\r\n"),
        chunks(.missingChunkEnd, "other end of data", "1\r\naXX0\r\n\r\n"),
        chunks(.invalidChunkSize, "overflow", "10000000000000001\r\na\r\n0\r\n\r\n"),
        chunks(.invalidChunkSize, "minus", "-1\r\na\r\n0\r\n\r\n"),
        chunks(.invalidChunkSize, "plus", "+1\r\na\r\n0\r\n\r\n"),
        chunks(.invalidChunkSize, "prefix", "0x1\r\na\r\n0\r\n\r\n"),
        chunks(.invalidChunkSize, "blank before", " 1\r\na\r\n0\r\n\r\n"),
        chunks(.invalidChunkExtension, "blank behind", "1 \r\na\r\n0\r\n\r\n"),
        chunks(.invalidChunkSize, "empty", "\r\n0\r\n\r\n"),
        chunks(.invalidChunkSize, "underscore", "1_0\r\na\r\n0\r\n\r\n"),
        chunks(.bareLF, "LF behind last chunk", "0\n\n"),
        chunks(.bareLF, "LF behind trailers", "0\r\nX: y\r\n\n"),
        chunks(.forbiddenTrailer, "length in trailers", "0\r\nContent-Length: 40\r\n\r\n"),
        chunks(.missingColon, "no empty line behind last chunk", "0\r\n"),
    ]
}
