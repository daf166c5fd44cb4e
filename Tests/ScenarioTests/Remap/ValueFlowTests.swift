import Testing
import WireFormats

@testable import Scenario

@Suite struct ValueFlowTests {
    /// What is linked of a request after answers, as `from → to`.
    private static func links(
        answers: [String], request: String, said: [String] = [], isCatalogue: Bool = false
    ) throws -> [String] {
        var flow = ValueFlow()
        for text in said { flow.send(try #require(JSONTree(text)), by: nil) }
        for (index, text) in answers.enumerated() {
            flow.receive(try #require(JSONTree(text)), from: .call(Int64(index)), isCatalogue: isCatalogue)
        }
        let tree = try #require(JSONTree(request))
        flow.send(tree, by: 9, isNamed: tree["method"]?.string == "tools/call")
        return flow.found.map { found in
            let from = found.fromPath.description + (found.fromPart == nil ? "" : "~")
            return "\(from) → \(found.toPath)\(found.toPart == nil ? "" : "~")"
        }
    }

    private static func call(_ arguments: String) -> String {
        #"{"method":"tools/call","params":{"name":"use","arguments":\#(arguments)}}"#
    }

    @Test func `a handle that the server made is followed, also within JSON in a text`() throws {
        let plain = try Self.links(
            answers: [#"{"result":{"structuredContent":{"cart":"c-81f0aa"}}}"#],
            request: Self.call(#"{"cart":"c-81f0aa"}"#))
        #expect(plain == ["$.result.structuredContent.cart → $.params.arguments.cart"])
        let inText = try Self.links(
            answers: [#"{"result":{"content":[{"type":"text","text":"{\"cart\":\"c-81f0aa\"}"}]}}"#],
            request: Self.call(#"{"query":"{\"of\":\"c-81f0aa\"}"}"#))
        #expect(inText == ["$.result.content[0].text→$.cart → $.params.arguments.query→$.of"])
    }

    @Test func `the structured place is taken before the text that says the same`() throws {
        let found = try Self.links(
            answers: [
                #"{"result":{"content":[{"type":"text","text":"{\"id\":\"a1b2c3d4\"}"}],"structuredContent":{"id":"a1b2c3d4"}}}"#
            ], request: Self.call(#"{"id":"a1b2c3d4"}"#))
        #expect(found == ["$.result.structuredContent.id → $.params.arguments.id"])
    }

    @Test func `what the client said first is its own`() throws {
        let found = try Self.links(
            answers: [#"{"result":{"echo":"order-4711-x"}}"#], request: Self.call(#"{"text":"order-4711-x"}"#),
            said: [Self.call(#"{"text":"order-4711-x"}"#)])
        #expect(found.isEmpty)
    }

    @Test(arguments: ["3", "true", #""ok""#, #""text""#, "null", "0", "1200"])
    func `values that everybody writes are no links`(_ value: String) throws {
        let found = try Self.links(
            answers: [#"{"result":{"steps":\#(value),"id":0}}"#], request: Self.call(#"{"steps":\#(value)}"#))
        #expect(found.isEmpty)
    }

    @Test func `small numbers are links where both names say that they are ids`() throws {
        let found = try Self.links(
            answers: [#"{"result":{"structuredContent":{"total":17,"order":{"id":17}}}}"#],
            request: Self.call(#"{"order_id":17,"count":17}"#))
        #expect(found == ["$.result.structuredContent.order.id → $.params.arguments.order_id"])
    }

    @Test func `the names of a catalogue are no links, minted ones and cursors are`() throws {
        let listed =
            #"{"result":{"resources":[{"uri":"memo://today-is-fine"},{"uri":"note://8f3a9c01"}],"nextCursor":"2"}}"#
        let read = { (uri: String) in #"{"method":"resources/read","params":{"uri":"\#(uri)"}}"# }
        #expect(try Self.links(answers: [listed], request: read("memo://today-is-fine"), isCatalogue: true).isEmpty)
        #expect(
            try Self.links(answers: [listed], request: read("note://8f3a9c01"), isCatalogue: true)
                == ["$.result.resources[1].uri → $.params.uri"])
        let next = #"{"method":"resources/list","params":{"cursor":"2"}}"#
        #expect(
            try Self.links(answers: [listed], request: next, said: [next], isCatalogue: true)
                == ["$.result.nextCursor → $.params.cursor"])
    }

    @Test func `an id within words is followed into the middle of an address`() throws {
        let found = try Self.links(
            answers: [#"{"result":{"content":[{"type":"text","text":"Saved as doc_77f1, thank you."}]}}"#],
            request: #"{"method":"resources/read","params":{"uri":"doc://doc_77f1/body"}}"#)
        #expect(found == ["$.result.content[0].text~ → $.params.uri~"])
    }

    @Test func `the name of a called tool and what the protocol says of a request are left alone`() throws {
        let found = try Self.links(
            answers: [#"{"result":{"tool":"run_0x44aa11","token":"tok_123456"}}"#],
            request:
                #"{"method":"tools/call","params":{"name":"run_0x44aa11","_meta":{"progressToken":"tok_123456"}}}"#)
        #expect(found.isEmpty)
    }
}
