/// Requests built from features that decide framing, each under a name that says which. Behind each stands `probe`,
/// so that a difference in framing shows.
enum DifferentialCorpus {
    struct Request {
        var name: String
        var text: String
    }

    static let probe = "GET /probe HTTP/1.1\r\nHost: a\r\n\r\n"

    static let all: [Request] = (framingFields + oldVersion + lineForms + fieldForms + startLines + hosts + chunks)
        .map { Request(name: $0.name, text: $0.text + probe) }

    /// A body that is one for Content-Length 5 and for chunked.
    private static func post(_ name: String, _ lines: [String], version: String = "1.1") -> Request {
        let head = "POST / HTTP/\(version)\r\nHost: a\r\n" + lines.map { $0 + "\r\n" }.joined()
        return Request(name: name, text: head + "\r\n0\r\n\r\n")
    }

    private static let lengths: [(String, [String])] =
        [
            "5", "005", " 5 ", "\t5", "+5", "-5", "0x5", "5 5", "5.0", "five", "", "5,5", "5, 6", "5,", "5;",
            "9223372036854775808", "18446744073709551621", "\u{B}5", "5\u{0}",
        ].map { ("CL \($0.debugDescription)", ["Content-Length:\($0)"]) } + [
            ("CL twice", ["Content-Length: 5", "content-length: 5"]),
            ("CL differing", ["Content-Length: 5", "Content-Length: 6"]),
        ]

    private static let codings: [(String, [String])] =
        [
            "chunked", "CHUNKED", " chunked\t", "gzip, chunked", "chunked, gzip", "gzip", "identity", "chunked;q=1",
            "chunked, chunked", ", chunked", "chunked,", "\"chunked\"", "xchunked", "chunkedx", "", "\u{B}chunked",
        ].map { ("TE \($0.debugDescription)", ["Transfer-Encoding:\($0)"]) } + [
            ("TE twice", ["Transfer-Encoding: chunked", "transfer-encoding: chunked"]),
            ("TE gzip first", ["Transfer-Encoding: gzip", "Transfer-Encoding: chunked"]),
            ("TE gzip last", ["Transfer-Encoding: chunked", "Transfer-Encoding: gzip"]),
        ]

    private static let framingFields =
        lengths.map { post($0.0, $0.1) } + codings.map { post($0.0, $0.1) }
        + lengths.flatMap { length in
            codings.flatMap { coding in
                [
                    post("\(length.0), \(coding.0)", length.1 + coding.1),
                    post("\(coding.0), \(length.0)", coding.1 + length.1),
                ]
            }
        }

    private static let oldVersion = (lengths + codings).map { post("1.0 \($0.0)", $0.1, version: "1.0") }

    private static let lineForms: [Request] = ["\n", "\r", "\r\r\n", "\n\r\n", "\r\n\r", " \r\n", "\u{0}\r\n"].flatMap {
        end in
        [
            ("start line", "GET / HTTP/1.1\(end)Host: a\r\nX: y\r\n\r\n"),
            ("field", "GET / HTTP/1.1\r\nHost: a\r\nX: y\(end)Y: z\r\n\r\n"),
            ("last field", "GET / HTTP/1.1\r\nHost: a\r\nX: y\(end)\r\n"),
            ("empty line", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\(end)"),
            ("before", "\(end)GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        ].map { Request(name: "\(end.debugDescription) at \($0.0)", text: $0.1) }
    }

    private static let fieldForms: [Request] = [
        "X:y", "X:", "X : y", "X\t: y", " X: y", "\tX: y", ":y", ": y", "X", "X y", "X Y: z", "X\u{0}: y", "X\u{1}: y",
        "X\u{E9}: y", "X(: y", "X: \u{E9}", "X: a\tb", "X: a\u{1}b", "X: a\u{0}b", "X: a\u{7F}b", "X: a\r\n b",
        "X: a\r\n\tb",
        "X:\r\n y", "X: a\r\n ", "Content-Length : 5", "Content-Length\t:5", " Content-Length: 5",
        "Content-Length:\r\n 5",
        "Transfer-Encoding : chunked", "Transfer-Encoding:\r\n chunked", "X: y\r\n Content-Length: 5",
        "Content-Length 5",
        "Content_Length: 5", "\u{FEFF}",
    ].flatMap { line -> [Request] in
        // The last feature cannot be spelled in one byte a character; it stands for a byte order mark.
        let spelled = line == "\u{FEFF}" ? "\u{EF}\u{BB}\u{BF}X: y" : line
        let body = spelled.contains("5") || spelled.contains("chunked") ? "0\r\n\r\n" : ""
        return [
            Request(
                name: "\(spelled.debugDescription) first",
                text: "GET / HTTP/1.1\r\n\(spelled)\r\nHost: a\r\n\r\n" + body),
            Request(
                name: "\(spelled.debugDescription) later",
                text: "GET / HTTP/1.1\r\nHost: a\r\n\(spelled)\r\n\r\n" + body),
        ]
    }

    private static let startLines: [Request] = [
        "GET / HTTP/1.1", "get / HTTP/1.1", "BREW / HTTP/1.1", "G=T / HTTP/1.1", "G@T / HTTP/1.1", " GET / HTTP/1.1",
        "GET  / HTTP/1.1", "GET /  HTTP/1.1", "GET\t/ HTTP/1.1", "GET /\tHTTP/1.1", "GET / HTTP/1.1 ", "GET / HTTP/1.0",
        "GET / HTTP/0.9", "GET / HTTP/1.2", "GET / HTTP/2.0", "GET / HTTP/3.0", "GET / HTTP/1", "GET / HTTP/1.10",
        "GET / HTTP/11", "GET / http/1.1", "GET / HTTPS/1.1", "GET / XTTP/1.1", "GET /", "GET", "GET / ",
        "GET  HTTP/1.1",
        "GET /a b HTTP/1.1", "GET /\u{E9} HTTP/1.1", "GET /\u{0} HTTP/1.1", "GET /\u{7F} HTTP/1.1", "GET /#f HTTP/1.1",
        "GET /?a#b HTTP/1.1", "GET /|{}^ HTTP/1.1", "GET * HTTP/1.1", "OPTIONS * HTTP/1.1", "GET a HTTP/1.1",
        "GET http://a/ HTTP/1.1", "GET ://a/ HTTP/1.1", "GET 1http://a/ HTTP/1.1", "GET / HTTP/1.1\rX",
        "PRI * HTTP/2.0", "HTTP/1.1 200 OK",
    ].map { Request(name: "line \($0.debugDescription)", text: $0 + "\r\nHost: a\r\n\r\n") }

    private static let hosts: [Request] = [
        ("none", ""), ("empty", "Host:\r\n"), ("port", "Host: a:80\r\n"), ("IPv6", "Host: [::1]:80\r\n"),
        ("twice", "Host: a\r\nHost: a\r\n"), ("differing", "Host: a\r\nhost: b\r\n"), ("blank", "Host: a b\r\n"),
        ("path", "Host: a/b\r\n"), ("user", "Host: u@a\r\n"), ("list", "Host: a, b\r\n"),
    ].flatMap { host in
        ["1.1", "1.0"].map {
            Request(name: "\($0) host \(host.0)", text: "GET / HTTP/\($0)\r\n\(host.1)\r\n")
        }
    }

    private static let chunks: [Request] = [
        "1\r\na\r\n0\r\n\r\n", "01\r\na\r\n00\r\n\r\n", "A\r\n0123456789\r\n0\r\n\r\n", "a\r\n0123456789\r\n0\r\n\r\n",
        "00000000000000000000001\r\na\r\n0\r\n\r\n", "1;x\r\na\r\n0;y\r\n\r\n", "1;x=y;z=\"a b\"\r\na\r\n0\r\n\r\n",
        "1 ;x\r\na\r\n0\r\n\r\n", "1; x\r\na\r\n0\r\n\r\n", "1;\r\na\r\n0\r\n\r\n", "1;x=\r\na\r\n0\r\n\r\n",
        "1;=\r\na\r\n0\r\n\r\n",
        "1;x;;\r\na\r\n0\r\n\r\n", "1 \r\na\r\n0\r\n\r\n", "1\t\r\na\r\n0\r\n\r\n", " 1\r\na\r\n0\r\n\r\n",
        "+1\r\na\r\n0\r\n\r\n",
        "-1\r\na\r\n0\r\n\r\n", "0x1\r\na\r\n0\r\n\r\n", "1x\r\na\r\n0\r\n\r\n", "g\r\na\r\n0\r\n\r\n", "\r\n0\r\n\r\n",
        ";x\r\n0\r\n\r\n",
        "10000000000000001\r\na\r\n0\r\n\r\n", "8000000000000000\r\na\r\n0\r\n\r\n",
        "fffffffffffffffff\r\na\r\n0\r\n\r\n",
        "1\na\r\n0\r\n\r\n", "1\ra\r\n0\r\n\r\n", "1\r\r\na\r\n0\r\n\r\n", "1;x\na\r\n0\r\n\r\n",
        "1;x\ry\r\na\r\n0\r\n\r\n",
        "1;\u{0}\r\na\r\n0\r\n\r\n", "1;\u{1}\r\na\r\n0\r\n\r\n", "1;\u{E9}\r\na\r\n0\r\n\r\n", "1\r\nab\r\n0\r\n\r\n",
        "1\r\na\n0\r\n\r\n",
        "1\r\na\r0\r\n\r\n", "1\r\na0\r\n\r\n", "1\r\naXX0\r\n\r\n", "1\r\na\r\n0\n\r\n", "1\r\na\r\n0\r\n\n",
        "1\r\na\r\n0\n\n",
        "0\r\nX: y\r\n\r\n", "0\r\nX: y\r\nZ: a\r\n\r\n", "0\r\nX: y\n\r\n", "0\r\nX: y\r\n\n", "0\r\nX : y\r\n\r\n",
        "0\r\nX\r\n\r\n",
        "0\r\n: y\r\n\r\n", "0\r\nX: y\r\n z\r\n\r\n", "0\r\n X: y\r\n\r\n", "0\r\nX: \u{1}\r\n\r\n",
        "0\r\nX: \u{0}\r\n\r\n",
        "0\r\nContent-Length: 5\r\n\r\n", "0\r\nTransfer-Encoding: chunked\r\n\r\n", "0\r\nHost: b\r\n\r\n", "0\r\n",
    ].map {
        Request(
            name: "chunks \($0.debugDescription)",
            text: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + $0)
    }
}
