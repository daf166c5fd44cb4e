import Testing

@testable import InspectCommands

struct InputQuestionsTests {
    private func words(_ result: String) -> [String] {
        InputQuestions.words(in: Array(#"{"jsonrpc":"2.0","id":1,"result":\#(result)}"#.utf8))
    }

    @Test func `each question is named by its method and key`() {
        let requests = #""a b":{"method":"elicitation/create","params":{}},"c":{"method":"roots/list"},"d":{}"#
        #expect(
            words(#"{"resultType":"input_required","inputRequests":{\#(requests)}}"#) == [
                #"elicitation/create "a b""#, #"roots/list "c""#, #"? "d""#,
            ])
    }

    @Test func `where nothing is asked the state is to come back`() {
        #expect(words(#"{"resultType":"input_required","requestState":"x"}"#) == ["its state back"])
        #expect(words(#"{"resultType":"input_required","inputRequests":{}}"#) == ["its state back"])
    }

    @Test func `many questions are counted`() {
        let requests = (0..<10).map { #""k\#($0)":{"method":"m"}"# }.joined(separator: ",")
        let found = words(#"{"inputRequests":{\#(requests)}}"#)
        #expect(found.count == 9)
        #expect(found.last == "2 more")
    }
}
