import TestSupport
import Testing
import WireFormats

@Suite("The event stream encoder")
struct EventStreamEncoderTests {
    private func text(
        _ lineEnd: EventStreamEncoder.LineEnd, _ write: (EventStreamEncoder, inout [UInt8]) throws -> Void
    )
        rethrows -> String
    {
        var buffer: [UInt8] = []
        try write(EventStreamEncoder(lineEnd: lineEnd), &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }

    @Test func `writes id, event, retry, data and the blank line`() throws {
        let written = try text(.crlf) { try $0.encode(type: "m", id: "1", retry: 5, data: "{}", into: &$1) }
        #expect(written == "id: 1\r\nevent: m\r\nretry: 5\r\ndata: {}\r\n\r\n")
        #expect(try text(.lf) { try $0.encode(data: "", into: &$1) } == "data: \n\n")
        #expect(try text(.lf) { try $0.encode(retry: 5, into: &$1) } == "retry: 5\n\n")
        #expect(try text(.lf) { try $0.encode(data: [UInt8(0x61)].span.bytes, into: &$1) } == "data: a\n\n")
    }

    @Test func `each line end in data begins another line`() throws {
        let written = try text(.lf) { try $0.encode(data: "a\rb\nc\r\nd\n", into: &$1) }
        #expect(written == "data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n")
        #expect(StreamReading(written).events.dispatched == [.init(data: "a\nb\nc\nd\n")])
    }

    @Test func `comments of several lines stay comments`() {
        #expect(text(.lf) { $0.encode(comment: "a\ndata: b", into: &$1) } == ": a\n: data: b\n\n")
    }

    @Test func `refuses what a line cannot carry and appends nothing`() {
        for (type, id) in [("a\nb", "1"), ("a", "1\r2"), ("a", "1\n"), ("a\r", "1"), ("a", "\0")] {
            var buffer: [UInt8] = []
            #expect(throws: EventStreamEncoder.EncodingError.self) {
                try EventStreamEncoder().encode(type: type, id: id, data: "x", into: &buffer)
            }
            #expect(buffer.isEmpty)
        }
        let error = EventStreamEncoder.EncodingError.lineEndInType("a\nb")
        #expect(error.description == #"The event type "a\nb" contains a line end, which an event stream cannot carry."#)
    }

    @Test("what is encoded is read back", arguments: EventStreamEncoder.LineEnd.allCases)
    func roundTrip(_ lineEnd: EventStreamEncoder.LineEnd) throws {
        var generator = SeededGenerator(state: 77)
        let texts = ["", "a", " a", "é😀", "{\"x\":\"y\"}", ":", "data: x", "a\nb", "\n", "\n\n"]
        for _ in 0..<500 {
            let data = (0..<3).map { _ in texts.randomElement(using: &generator) ?? "" }.joined()
            let type = ["x", "message", " y", "é"].randomElement(using: &generator) ?? ""
            let id = ["", "1", " 2", "…"].randomElement(using: &generator) ?? ""
            let retry = Int.random(in: 0...9999, using: &generator)
            let written = try text(lineEnd) { try $0.encode(type: type, id: id, retry: retry, data: data, into: &$1) }
            let (events, state) = StreamReading(written).events
            #expect(events == [.init(type: type, data: data, lastEventID: id)])
            #expect(state.reconnectionTime == retry)
        }
    }
}
