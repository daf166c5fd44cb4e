import Testing

@testable import MCPTransports

@Suite struct MediaTypeTests {
    @Test(arguments: [
        "application/json", "Application/JSON", "text/event-stream, application/json", "application/*", "*/*",
        "text/html;q=0.5, application/json;q=0.1",
    ])
    func `A type is accepted by name and by wildcard`(accept: String) {
        #expect(MediaType.json.isAccepted(by: accept))
    }

    @Test(arguments: [nil, "", "text/event-stream", "application/json;q=0", "application/json; q=0.000", "text/*"])
    func `A type that is not listed or has no weight is not accepted`(accept: String?) {
        #expect(!MediaType.json.isAccepted(by: accept))
    }

    @Test func `Content-Type is compared without parameters and case`() {
        #expect(MediaType.json.isNamed(by: "Application/Json; charset=utf-8"))
        #expect(!MediaType.json.isNamed(by: "application/jsonp"))
        #expect(!MediaType.json.isNamed(by: nil))
    }
}
