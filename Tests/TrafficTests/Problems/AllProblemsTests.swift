import Foundation
import TestSupport
import Testing
import Traffic

struct AllProblemsTests {
    @Test func `Every kind has a file, a line in the list and a test`() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        let sources = tests.appending(path: "../../../Sources/Traffic/Problems").standardized
        func names(_ folder: URL) throws -> Set<String> {
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
            return Set(files.filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) })
        }
        let parts: Set<String> = ["AllProblems", "Problem", "SessionFacts"]
        let kinds = try names(sources).subtracting(parts)
        #expect(Set(AllProblems.kinds.map { String(describing: $0) }) == kinds)
        #expect(AllProblems.kinds.count == kinds.count)
        #expect(try names(tests).subtracting(["AllProblemsTests"]) == Set(kinds.map { "\($0)Tests" }))
    }

    @Test func `Names are unique, of lower case and hyphens`() {
        let names = AllProblems.kinds.map { $0.name }
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "-" } })
    }

    @Test func `No problem is worse than its kind says, and each names its kind`() {
        var random = SeededGenerator(1)
        for seed in 0..<30 {
            let rows = Rows(Play.random(client: seed, using: &random))
            for number in rows.sessions.keys.map({ $0 & 0xFFFF_FFFF }) {
                for kind in AllProblems.kinds {
                    for problem in kind.find(in: rows.facts(session: number)) {
                        #expect(problem.kind == kind.name && problem.severity <= kind.severity)
                        #expect(problem.sessionID == 7 << 32 | number)
                    }
                }
            }
        }
    }

    @Test func `The worst come first, then the earliest`() {
        var (play, call) = Play.called()
        play.answer(call, 200, RPC.error("1", -32000))
        play.answer(play.post(2, "/mcp", RPC.call("2"), session: "abc"), 500)
        play.answer(play.post(2, "/mcp", RPC.call("3"), session: "abc"), 500)
        play.close(1)
        play.close(2)
        #expect(
            AllProblems.find(in: Rows(play).facts()).map {
                "\($0.severity.name) \($0.kind) \(($0.exchangeID ?? 0) & 15)"
            }
                == ["error http-error 4", "error http-error 5", "warning rpc-error 3", "notice session-not-ended 0"])
    }

    @Test func `A session that went well has none`() {
        var play = Play()
        let home = play.beginSSE(1, 2, session: "5b1e")
        play.end(home, by: .client, .fin)
        #expect(AllProblems.find(in: Rows(play).facts()).isEmpty)
    }
}
