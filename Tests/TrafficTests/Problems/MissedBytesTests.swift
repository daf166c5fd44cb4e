import Testing
import Traffic

struct MissedBytesTests {
    @Test func `A gap is told with its size and reason`() {
        var (play, call) = Play.called()
        play.gap(123, exchange: call)
        #expect(
            MissedBytes.lines(play) == [
                "warning x3 123 bytes are missing in the capture (queue full): what is told of this time may be wrong"
            ])
    }

    @Test func `A gap of the recording is told with what has no session`() {
        var (play, _) = Play.called()
        play.gap()
        #expect(MissedBytes.lines(play).isEmpty)
        #expect(MissedBytes.lines(play, session: nil).count == 1)
    }
}
