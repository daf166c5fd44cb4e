import Testing
import WireFormats

@Suite("The state of an event source")
struct EventSourceStateTests {
    @Test func `a block without data commits its id`() {
        let (events, state) = StreamReading("id: 5\n\ndata: x\n\n").events
        #expect(events == [.init(data: "x", lastEventID: "5")])
        #expect(state.lastEventID == "5")
    }

    @Test func `the end of the stream commits no id but keeps a retry whose line has ended`() {
        let (events, state) = StreamReading("id: 5\ndata: x\n\nid: 6\nretry: 9\ndata: y\n").events
        #expect(events.map(\.data) == ["x"])
        #expect(state.lastEventID == "5")
        #expect(state.reconnectionTime == 9)
    }

    @Test func `the id lives on over connections`() {
        var (_, state) = StreamReading("id: 5\ndata: x\n\n").events
        let second = StreamReading("data: y\n\n").blocks.compactMap { state.receive($0) }
        #expect(second == [.init(data: "y", lastEventID: "5")])
    }

    @Test func `invalid bytes are repaired as a decoder of the whole stream would`() {
        let bytes = Array("data: ".utf8) + [0xF0, 0x9F, 0x0A] + Array("event: \u{FFFD}".utf8) + [0xC3, 0x0D, 0x0D]
        let events = StreamReading([bytes]).events.dispatched
        #expect(events == [.init(type: "\u{FFFD}\u{FFFD}", data: "\u{FFFD}")])
    }
}
