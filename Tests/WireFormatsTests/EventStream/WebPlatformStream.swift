import Testing
import WireFormats

/// A stream of the eventsource tests of web-platform-tests, and what a browser must make of it.
struct WebPlatformStream: CustomTestStringConvertible {
    var name: String
    var stream: String
    /// Type, data and last event id of each event.
    var events: [EventSourceState.Event]
    /// At the end of the stream.
    var lastEventID = ""
    var reconnectionTime: Int?

    var testDescription: String { name }

    init(_ name: String, _ stream: String, data: [String], lastEventID: String = "", reconnectionTime: Int? = nil) {
        let events = data.map { EventSourceState.Event(data: $0, lastEventID: lastEventID) }
        self.init(name, stream, events: events, lastEventID: lastEventID, reconnectionTime: reconnectionTime)
    }

    init(
        _ name: String, _ stream: String, events: [EventSourceState.Event], lastEventID: String = "",
        reconnectionTime: Int? = nil
    ) {
        self.name = name
        self.stream = stream
        self.events = events
        self.lastEventID = lastEventID
        self.reconnectionTime = reconnectionTime
    }

    private static let bom = "\u{FEFF}"
    private static let filler = String(repeating: "x", count: 2048)

    static let all: [WebPlatformStream] = format + fields + ids + retries

    private static let format = [
        WebPlatformStream("format-bom", "\(bom)data:1\n\n\(bom)data:2\n\ndata:3\n\n", data: ["1", "3"]),
        WebPlatformStream("format-bom-2", "\(bom)\(bom)data:1\n\ndata:2\n\ndata:3\n\n", data: ["2", "3"]),
        WebPlatformStream(
            "format-comments",
            "data:1\r:\0\n:\r\ndata:2\n:\(filler)\rdata:3\n:data:fail\r:\(filler)\ndata:4\n\n", data: ["1\n2\n3\n4"]),
        WebPlatformStream(
            "format-data-before-final-empty-line", "retry:1000\ndata:test1\n\nid:test\ndata:test2", data: ["test1"],
            reconnectionTime: 1000),
        WebPlatformStream("format-leading-space", "data:\ttest\rdata: \ndata:test\n\n", data: ["\ttest\n\ntest"]),
        WebPlatformStream("format-newlines", "data:test\r\ndata\ndata:test\r\n\r", data: ["test\n\ntest"]),
        WebPlatformStream("format-null-character", "data:\0\n\n\n\n", data: ["\0"]),
        WebPlatformStream("format-utf-8", "data:ok…\n\n", data: ["ok…"]),
    ]

    private static let fields = [
        WebPlatformStream("format-field-data", "data:\n\ndata\ndata\n\ndata:test\n\n", data: ["", "\n", "test"]),
        WebPlatformStream(
            "format-field-event", "event:test\ndata:x\n\ndata:x\n\n",
            events: [EventSourceState.Event(type: "test", data: "x"), EventSourceState.Event(data: "x")]),
        WebPlatformStream("format-field-event-empty", "event: \ndata:data\n\n", data: ["data"]),
        WebPlatformStream(
            "format-field-parsing",
            "data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\n"
                + "data:4\n\n",
            data: ["\0\n 2\n1\n3\n\n4"]),
        WebPlatformStream(
            "format-field-unknown", "data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacomment\ndata:test\n\n",
            data: ["test\n\ntest"]),
    ]

    private static let ids =
        [
            WebPlatformStream(
                "format-field-id", "id: …\nretry: 200\ndata: hello\n\n", data: ["hello"], lastEventID: "…",
                reconnectionTime: 200),
            WebPlatformStream(
                "format-field-id-3 persists", "id: 1\ndata: 1\n\ndata: 2\n\n", data: ["1", "2"], lastEventID: "1"),
            WebPlatformStream(
                "format-field-id-3 changes", "id: 1\ndata: 1\n\nid: 2\ndata: 2\n\ndata: 3\n\n",
                events: [("1", "1"), ("2", "2"), ("3", "2")].map { .init(data: $0, lastEventID: $1) },
                lastEventID: "2"),
            WebPlatformStream(
                "format-field-id-3 resets", "id: 1\ndata: 1\n\nid:\ndata: 2\n\ndata: 3\n\n",
                events: [("1", "1"), ("2", ""), ("3", "")].map { .init(data: $0, lastEventID: $1) }),
            WebPlatformStream(
                "format-field-id-3 resets without colon", "id: 1\ndata: 1\n\nid\ndata: 2\n\n",
                events: [("1", "1"), ("2", "")].map { .init(data: $0, lastEventID: $1) }),
        ]
        + ["\0\0", "x\0", "\0x", "x\0x", " \0"].map {
            WebPlatformStream(
                "format-field-id-null \($0.debugDescription)", "id:\($0)\ndata:hello\n\n", data: ["hello"])
        }

    private static let retries = [
        WebPlatformStream("format-field-retry", "retry:03000\ndata:x\n\n", data: ["x"], reconnectionTime: 3000),
        WebPlatformStream(
            "format-field-retry-bogus", "retry:2000\nretry:1000x\ndata:x\n\n", data: ["x"], reconnectionTime: 2000),
        WebPlatformStream("format-field-retry-empty", "retry\ndata:test\n\n", data: ["test"]),
    ]
}
