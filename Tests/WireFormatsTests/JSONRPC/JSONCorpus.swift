/// JSON texts and near misses that the tests of the scanner share.
enum JSONCorpus {
    static let valid = [
        "0", "-0", "1", "-12", "0.5", "1E+2", "1e-2", "10.25e3", "true", "false", "null", "\"\"", "\"a\"",
        " \t\r\n1\n ",
        "[]", "{}", "[ ]", "{ }", "[1,2]", "[[],{},[{}]]", #"{"a":1}"#, #"{"a":{"b":[1,{"c":null}]},"d":"e"}"#,
        #""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00""#, "\"é😀\u{10FFFF}\u{7F}\"", #"{"":""}"#, #"{"a":1,"a":2}"#,
        #"["12345678","1234567\"8","12345678\\"]"#,
    ]

    static let invalid = [
        "", " ", "nul", "nulll", "True", "tru", "01", "-", "+1", "1.", ".5", "1e", "1e+", "-a", "0x1", "1 2", "NaN",
        "-Infinity",
        "[", "]", "[1", "[1 2]", "[,1]", "[1,,2]", "{", "}", "{1:2}", #"{"a"}"#, #"{"a":}"#, #"{"a" 1}"#,
        #"{"a":1 "b":2}"#,
        #"{,"a":1}"#, #"{"a":1]"#, "[1}", "\"", "\"a", #""\x""#, #""\u12""#, #""\u12G4""#, #""\"#, "\"\t\"", "\"\n\"",
        "\"\0\"", "'a'", "\u{A0}1", "\u{0B}1", "\u{0C}1", "//x\n1", "[1]]", "{}{}", "{\"a\":1}x",
    ]

    /// In strings: no UTF-8 (RFC 3629 §3), in the order overlong, surrogate, out of range, lone, cut.
    static let notUTF8: [[UInt8]] = [
        [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xED, 0xA0, 0x80],
        [0xED, 0xBF, 0xBF],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xBF], [0xFF], [0xC3], [0xE2, 0x82],
        [0xF0, 0x9F, 0x98],
    ]

    static let messages = [
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","#
            + #""capabilities":{},"clientInfo":{"name":"c","version":"1"}}}"#,
        #"{"jsonrpc":"2.0","id":"a-1","method":"tools/call","params":{"name":"echo","#
            + #""arguments":{"t":"h\u0069 é😀"},"_meta":{"progressToken":7}}}"#,
        #"{"jsonrpc":"2.0","id":17,"result":{"content":[{"type":"text","text":"a\nb"}],"isError":true}}"#,
        #"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"x","data":[1.5e3,true,null]}}"#,
        #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"p","progress":0.5,"total":1}}"#,
        #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":17,"reason":"\ud83d\ude00"}}"#,
        "[{\"jsonrpc\" : \"2.0\",\r\n \"method\":\"notifications/initialized\"} , [], {\"a\":[[1,-2],{}]}]",
        #""😀é\"\\\/\b\f\n\r\t\u0041\ud83d\ude00 and some plain text to go on with""#,
    ]
}
