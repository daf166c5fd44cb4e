import Testing
import Traffic
import WireFormats

struct ContentCodingTests {
    @Test(arguments: [
        ([], ContentCoding.identity), (["identity"], .identity), ([""], .identity), (["gzip"], .gzip),
        ([" GZip "], .gzip), (["x-gzip"], .gzip), (["identity, gzip"], .gzip), (["identity", "deflate"], .deflate),
        (["br"], .unread("br")), (["gzip, br"], .unread("gzip, br")), (["gzip", "GZIP"], .unread("gzip, gzip")),
    ])
    func `The coding is what the fields name together`(values: [String], coding: ContentCoding) {
        let fields = values.map { HTTPField(name: "Content-ENCODING", value: $0) }
        #expect(ContentCoding([HTTPField(name: "Content-Type", value: "x")] + fields) == coding)
    }
}
