import Testing

@testable import MCPTransports

@Suite struct PageTests {
    @Test(arguments: 1...8)
    func `Following the cursors gives every element once, in order`(size: Int) throws {
        let all = Array(0..<7)
        var seen: [Int] = []
        var cursor: JSONValue?
        repeat {
            let page = try Page(of: all, size: size, cursor: cursor)
            #expect(page.elements.count <= size)
            seen += page.elements
            cursor = page.nextCursor.map(JSONValue.string)
        } while cursor != nil
        #expect(seen == all)
    }

    @Test(arguments: ["after-", "after-0", "after--2", "after-3", "after-8", "else", 4] as [JSONValue])
    func `A cursor that no page gave out is invalid`(cursor: JSONValue) {
        #expect(throws: MCPError.invalidParams("Invalid cursor")) {
            try Page(of: Array(0..<7), size: 2, cursor: cursor)
        }
    }

    @Test func `An empty list has one empty page`() throws {
        let page = try Page(of: [Int](), size: 2, cursor: nil)
        #expect(page.elements.isEmpty)
        #expect(page.nextCursor == nil)
    }
}
