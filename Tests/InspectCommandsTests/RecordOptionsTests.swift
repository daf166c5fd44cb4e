import Testing
import Traffic

@testable import InspectCommands

struct RecordOptionsTests {
    @Test(arguments: ["id", "progressToken", "NextCursor", "requestState", ""])
    func `members that hold messages together cannot be masked, and the refusal says so`(name: String) {
        let error = #expect(throws: (any Error).self) {
            _ = try InspectCommand.parseAsRoot(["record", "http://127.0.0.1:1/", "--redact-key", name])
        }
        let message = error.map { InspectCommand.message(for: $0) } ?? ""
        #expect(message.hasPrefix("--redact-key \"\(name)\" cannot be masked: "))
    }

    @Test func `others can, as many as one likes`() throws {
        let arguments = ["record", "http://127.0.0.1:1/", "--redact-key", "pin", "--redact-key", "Account"]
        let command = try #require(try InspectCommand.parseAsRoot(arguments) as? RecordCommand)
        #expect(command.redaction.redactKey == ["pin", "Account"] && !command.redaction.keepBodies)
    }
}
