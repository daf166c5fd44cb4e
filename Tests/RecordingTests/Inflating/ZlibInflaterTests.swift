import Recording
import Testing
import Traffic

@Suite struct ZlibInflaterTests {
    private let text = Array(String(repeating: "all that was said is told again; ", count: 3000).utf8)

    @Test(arguments: [Wrapping.none, .zlib, .gzip])
    func `what was deflated comes out again, in pieces of any size`(wrapping: Wrapping) {
        let encoded = Deflating.whole(text, wrapping) + [1, 2, 3]
        for (step, limit) in [(1, 1 << 16), (7, 100), (encoded.count, 1), (encoded.count, 1 << 20)] {
            let inflater = ZlibInflater(wrapping)
            var output: [UInt8] = []
            var position = 0
            var state = InflaterState.hungry
            while state == .hungry || state == .full {
                let end = min(encoded.count, position + step)
                let span = encoded.span.bytes.extracting(position..<end)
                let before = output.count
                let result = inflater.inflate(span, into: &output, limit: limit)
                #expect(output.count - before <= limit)
                position += result.used
                state = result.state
            }
            #expect(state == .ended && output == text)
            #expect(position == encoded.count - 3)
        }
    }

    @Test func `wrong data breaks it for good`() {
        let inflater = ZlibInflater(.gzip)
        var output: [UInt8] = []
        #expect(inflater.inflate(Array("{\"a\":1}".utf8).span.bytes, into: &output, limit: 100).state == .broken)
        let good = Deflating.whole(text, .gzip)
        #expect(inflater.inflate(good.span.bytes, into: &output, limit: 100) == (0, .broken))
        #expect(output.isEmpty)
    }

    @Test func `a flushed piece is told before more comes`() {
        let pieces = Deflating.pieces([Array("one".utf8), Array("two".utf8), Array("three".utf8)], .gzip)
        let inflater = ZlibInflater(.gzip)
        var told: [String] = []
        for piece in pieces {
            var output: [UInt8] = []
            _ = inflater.inflate(piece.span.bytes, into: &output, limit: 1000)
            told.append(String(decoding: output, as: UTF8.self))
        }
        #expect(told == ["one", "two", "three"])
    }
}
