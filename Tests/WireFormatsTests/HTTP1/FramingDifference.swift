/// Where our parser under `.strict` and SwiftNIO's decoder read the same bytes differently, and why ours is right.
struct FramingDifference {
    /// What decides it.
    var clause: String
    var reason: String
    /// Names in `DifferentialCorpus`.
    var requests: [String]

    static let all = [
        FramingDifference(
            clause: "RFC 9110 §8.6, RFC 9112 §7.1",
            reason: "A size beyond 2⁶³ − 1 overflows the counters of other readers; theirs waits for that much.",
            requests: [
                #"CL "9223372036854775808""#, #"TE "", CL "9223372036854775808""#, #"1.0 CL "9223372036854775808""#,
                #"chunks "8000000000000000\r\na\r\n0\r\n\r\n""#,
            ]),
        FramingDifference(
            clause: "RFC 9110 §5.5",
            reason: "A tab behind a value is no part of it; theirs takes the coding for an unknown one.",
            requests: [
                #"TE " chunked\t""#
            ]),
        FramingDifference(
            clause: "RFC 9112 §6.1",
            reason: "Transfer-Encoding in HTTP/1.0 is faulty framing; theirs decodes it.",
            requests: [
                #"1.0 TE "chunked""#, #"1.0 TE "CHUNKED""#, #"1.0 TE " chunked\t""#, #"1.0 TE "gzip, chunked""#,
                #"1.0 TE "gzip""#, #"1.0 TE "identity""#, #"1.0 TE "chunked;q=1""#, #"1.0 TE ", chunked""#,
                #"1.0 TE "\"chunked\"""#, #"1.0 TE "xchunked""#, #"1.0 TE "chunkedx""#, #"1.0 TE """#,
                "1.0 TE gzip first",
            ]),
        FramingDifference(
            clause: "RFC 9112 §6.1",
            reason: "Transfer-Encoding with Content-Length is refused, also where it is empty; theirs frames by "
                + "the length.",
            requests: [
                #"TE "", CL "5""#, #"TE "", CL "005""#, #"TE "", CL " 5 ""#, #"TE "", CL "\t5""#,
            ]),
        FramingDifference(
            clause: "RFC 9112 §6.1",
            reason: "Only one final chunked is understood, nothing else is passed on; theirs frames by the last "
                + "coding, or gives the head before it refuses.",
            requests: [
                #"TE "gzip, chunked""#, #"TE "gzip""#, #"TE "identity""#, #"TE "chunked;q=1""#, #"TE ", chunked""#,
                #"TE "\"chunked\"""#, #"TE "xchunked""#, #"TE "chunkedx""#, #"TE """#, "TE gzip first",
            ]),
        FramingDifference(
            clause: "RFC 9110 §7.2, RFC 9112 §3.2",
            reason: "A request has one valid Host, HTTP/1.0 may have none; theirs does not look.",
            requests: [
                "1.1 host none", "1.1 host twice", "1.0 host twice", "1.1 host differing", "1.0 host differing",
                "1.1 host blank", "1.0 host blank", "1.1 host path", "1.0 host path", "1.1 host user",
                "1.0 host user", "1.1 host list", "1.0 host list",
            ]),
        FramingDifference(
            clause: "RFC 9112 §9.3",
            reason: "Whether a further request may follow is told by keepAlive and acted on by the caller; "
                + "theirs refuses the bytes behind HTTP/1.0.",
            requests: [
                #"1.0 CL "5""#, #"1.0 CL "005""#, #"1.0 CL " 5 ""#, #"1.0 CL "\t5""#, #"line "GET / HTTP/1.0""#,
                "1.0 host none", "1.0 host empty", "1.0 host port", "1.0 host IPv6",
            ]),
        FramingDifference(
            clause: "RFC 9112 §2.2",
            reason: "Before a request line only CRLF is ignored; theirs ignores CR and LF alone.",
            requests: [
                #""\n" at before"#, #""\r" at before"#, #""\r\r\n" at before"#, #""\n\r\n" at before"#,
                #""\r\n\r" at empty line"#, #""\r\n\r" at before"#,
            ]),
        FramingDifference(
            clause: "RFC 9110 §9.1",
            reason: "Every token is a method; theirs knows a list.",
            requests: [
                #"line "get / HTTP/1.1""#, #"line "BREW / HTTP/1.1""#,
            ]),
        FramingDifference(
            clause: "RFC 9112 §3",
            reason: "Single spaces separate the words of a request line; theirs skips more.",
            requests: [
                #"line "GET  / HTTP/1.1""#, #"line "GET /  HTTP/1.1""#,
            ]),
        FramingDifference(
            clause: "RFC 9112 §3.2",
            reason: "A target has no fragment, and * is for OPTIONS; theirs takes both.",
            requests: [
                #"line "GET /#f HTTP/1.1""#, #"line "GET /?a#b HTTP/1.1""#, #"line "GET * HTTP/1.1""#,
            ]),
        FramingDifference(
            clause: "RFC 9112 §7.1.1",
            reason: "Extensions are ignored as far as no line can end in them, blanks around them are allowed; "
                + "theirs parses them.",
            requests: [
                #"chunks "1 ;x\r\na\r\n0\r\n\r\n""#, #"chunks "1; x\r\na\r\n0\r\n\r\n""#,
                #"chunks "1;\r\na\r\n0\r\n\r\n""#, #"chunks "1;x;;\r\na\r\n0\r\n\r\n""#,
                #"chunks "1;é\r\na\r\n0\r\n\r\n""#,
            ]),
        FramingDifference(
            clause: "RFC 9110 §6.5.1",
            reason: "Host routes a request and is no trailer; theirs takes it.",
            requests: [
                #"chunks "0\r\nHost: b\r\n\r\n""#
            ]),
    ]
}
