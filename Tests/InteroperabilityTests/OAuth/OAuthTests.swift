import Foundation
import Testing

/// A server of the official SDK that wants OAuth, its authorization server, and the SDK's client, with the recorder in
/// between: what clients are refused, and the ways out.
@Suite("OAuth through the recorder", .serialized, .timeLimit(.minutes(2)))
struct OAuthTests {
    @Test func `A client refuses documents that name another URL, and the recorder says what to do`() async throws {
        let visit = try await GuardedVisit.make("strict", client: "login")
        #expect(visit.result.error?.contains("does not match expected") == true, "\(visit.result)")
        #expect(visit.result.asked.isEmpty)
        #expect(visit.warnings.count == 1)
        #expect(visit.warnings.first?.contains("--token-env") == true)
        // The challenge led it to us, and what was recorded is what the server said.
        let challenge = try #require(visit.edits.first { $0.what == "www-authenticate" })
        #expect(challenge.from?.contains(visit.target) == true && challenge.to?.contains(visit.own) == true)
        #expect(!visit.edits.contains { $0.what == "body" })
        #expect(visit.documents.allSatisfy { $0.contains(visit.target) })
    }

    @Test func `With a token from a variable a client needs to know nothing of OAuth`() async throws {
        let visit = try await GuardedVisit.make("strict", client: "plain", givesToken: true)
        #expect(visit.result.text == "behind the door", "\(visit.result)")
        #expect(visit.warnings.isEmpty)
    }

    @Test func `Rewritten documents let a client log in where tokens are not bound to the server`() async throws {
        let visit = try await GuardedVisit.make("lenient", client: "login", options: ["--rewrite-oauth"])
        #expect(visit.result.text == "behind the door", "\(visit.result)")
        #expect(visit.result.asked.count == 1)
        #expect(visit.warnings.isEmpty)
        let body = try #require(visit.edits.first { $0.what == "body" })
        #expect(body.from?.contains(visit.target) == true)
        #expect(body.to?.contains(visit.own) == true && body.to?.contains(visit.target) == false)
        #expect(!visit.documents.isEmpty && visit.documents.allSatisfy { $0.contains(visit.target) })
    }

    /// The client asks for a token for the recorder's URL; the server wants one for its own.
    @Test func `A server that wants tokens for itself refuses those`() async throws {
        let visit = try await GuardedVisit.make("strict", client: "login", options: ["--rewrite-oauth"])
        #expect(visit.result.text == nil)
        #expect(visit.result.asked.count == 1)
        #expect(visit.statuses.filter { $0 == 401 }.count >= 2)
    }
}
