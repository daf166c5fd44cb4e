/// One scenario of the official conformance suite (`modelcontextprotocol/conformance`) and what becomes of its checks here.
struct ConformanceScenario: Sendable {
    /// Who is under test.
    enum Role: String, Sendable {
        case server, client, authorizationServer
    }

    /// The revisions that it is about.
    enum Revisions: Sendable {
        case since(ConformancePeer.Revision)
        /// Not in 2026-07-28 any more.
        case until2026(from: ConformancePeer.Revision)
        /// Of no revision: an extension has it.
        case byExtension
    }

    enum Verdict: Sendable {
        /// The test that shows it.
        case holds(String)
        /// Why it says nothing about this library.
        case doesNotApply(String)
    }

    let name: String
    let role: Role
    let revisions: Revisions
    /// The checks by their ids.
    let checks: KeyValuePairs<String, Verdict>

    init(_ name: String, _ role: Role, _ revisions: Revisions, _ checks: KeyValuePairs<String, Verdict>) {
        self.name = name
        self.role = role
        self.revisions = revisions
        self.checks = checks
    }
}
