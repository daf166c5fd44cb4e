import Testing
import WireFormats

@Suite("Streams of web-platform-tests")
struct WebPlatformStreamTests {
    @Test("give the events that browsers give, for every split", arguments: WebPlatformStream.all)
    func events(_ expected: WebPlatformStream) {
        for chunks in splits(of: Array(expected.stream.utf8)) {
            let reading = StreamReading(chunks)
            let (events, state) = reading.events
            #expect(events == expected.events, "\(chunks.map(\.count))")
            #expect(state.lastEventID == expected.lastEventID)
            #expect(state.reconnectionTime == expected.reconnectionTime)
        }
    }

    @Test("lose no byte and give the same blocks, for every split", arguments: WebPlatformStream.all)
    func blocks(_ expected: WebPlatformStream) {
        let bytes = Array(expected.stream.utf8)
        let whole = StreamReading([bytes])
        for chunks in splits(of: bytes) {
            let reading = StreamReading(chunks)
            #expect(reading.joined == bytes, "\(chunks.map(\.count))")
            #expect(reading.normalized == whole.normalized, "\(chunks.map(\.count))")
        }
    }
}
