import Testing

@testable import MCPTransports

@Suite struct HeaderValueTests {
    @Test(arguments: [
        ("us-west1", "us-west1"), ("Hello, 世界", "=?base64?SGVsbG8sIOS4lueVjA==?="),
        (" padded ", "=?base64?IHBhZGRlZCA=?="), ("line1\nline2", "=?base64?bGluZTEKbGluZTI=?="),
        ("=?base64?literal?=", "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?="), ("", ""), ("a b", "a b"),
    ])
    func `A text travels plain or encoded, and comes back`(text: String, value: String) {
        #expect(HeaderValue.encoded(text) == value)
        #expect(HeaderValue.decoded(value) == text)
    }

    @Test(arguments: ["=?base64?!!!?=", "=?base64?YQ?=", "=?base64?YR==?=", "=?base64?/w==?=", "caf\u{e9}"])
    func `A broken value is no text`(value: String) {
        #expect(HeaderValue.decoded(value) == nil)
    }

    @Test func `What only resembles the markers is plain`() {
        for value in ["=?base64?=", "=?BASE64?YQ==?=", "=?base64?YQ==", "YQ==?="] {
            #expect(HeaderValue.decoded(value) == value)
        }
    }

    @Test(arguments: 0...70) func `Base64 of any length comes back`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
        #expect(Base64.decoded(Base64.encoded(bytes)) == bytes)
    }
}
