import Testing
import Traffic
import WireFormats

struct RecentFieldsTests {
    private func fields(_ value: String) -> [HTTPField] { [HTTPField(name: "name", value: value)] }

    @Test func `The same list is known again, an equal one is not`() {
        var recent = RecentFields<Int>()
        let list = fields("a")
        #expect(recent.made(of: list) == nil)
        recent.keep(7, of: list)
        let shared = list
        #expect(recent.made(of: shared) == 7)
        #expect(recent.made(of: fields("a")) == nil)
    }

    @Test func `A list that was changed is another one`() {
        var recent = RecentFields<Int>()
        var list = fields("a")
        recent.keep(7, of: list)
        list[0].value = "b"
        #expect(recent.made(of: list) == nil)
    }

    @Test func `No list takes the place of one that is gone, however many come`() {
        var recent = RecentFields<String>()
        for number in 0..<5000 {
            let list = fields("value \(number)")
            if let known = recent.made(of: list) { #expect(known == "value \(number)") }
            recent.keep("value \(number)", of: list)
            #expect(recent.made(of: list) == "value \(number)")
        }
    }

    @Test func `Empty lists and long ones are not kept`() {
        var recent = RecentFields<Int>()
        let long = fields(String(repeating: "x", count: 3000))
        recent.keep(1, of: [])
        recent.keep(2, of: long)
        #expect(recent.made(of: []) == nil)
        #expect(recent.made(of: long) == nil)
    }
}
