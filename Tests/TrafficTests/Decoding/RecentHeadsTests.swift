import TestSupport
import Testing

@testable import Traffic

struct RecentHeadsTests {
    @Test func `A head that comes again is not read again, whatever came between`() {
        var recent = RecentHeads<[UInt8]>()
        var readings = 0
        for _ in 0..<3 {
            for text in ["GET / HTTP/1.1\r\n\r\n", "GET /a HTTP/1.1\r\n\r\n"] {
                let bytes = Array(text.utf8)
                let head = recent.head(bytes.span.bytes) { span in
                    readings += 1
                    return span.bytes
                }
                #expect(head == bytes)
            }
        }
        #expect(readings == 2)
    }

    @Test(arguments: 0..<10) func `What is given is what reading would give`(seed: Int) {
        var random = SeededGenerator(seed)
        var recent = RecentHeads<[UInt8]>()
        // Many more than there are places, many alike, some too long to be kept, one empty.
        let heads = (0..<200).map { number in
            Array("x\(number % 50)".utf8) + Array(repeating: UInt8(number % 7), count: number * number / 10)
        }
        for _ in 0..<2000 {
            let bytes = Int.random(in: 0..<50, using: &random) == 0 ? [] : heads.randomElement(using: &random) ?? []
            #expect(recent.head(bytes.span.bytes) { $0.bytes } == bytes)
        }
    }
}
