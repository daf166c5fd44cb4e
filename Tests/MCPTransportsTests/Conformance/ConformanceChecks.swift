/// All checks of the official conformance suite as of 2026-08-07, of the revisions 2025-03-26 to 2026-07-28 and of the
/// extensions: those that hold, each with the test that shows it, and those that do not apply, each with the reason.
///
/// Checks that the suite's list of requirements names without a scenario that makes them are here too. A check that would
/// fail has no place in the table: it is a failing test.
enum ConformanceChecks {
    static let all =
        servers + serverFeatures + statelessServers + statelessRounds + clients + authorization + tasks

    static let note = "A note of what the suite saw; it carries no verdict."
    static let tokensAreGiven =
        "The client sends the bearer token that it is given; how to come by one is the business of whoever uses it."
    static let tokensAreChecked =
        "Tokens bound to keys are an optional extension; whether a token is good is decided by whoever uses the server."
    static let noAuthorizationServer = "There is no authorization server in this library."
    static let noTasks =
        "An optional extension: the server does not declare it and knows no method of it, the client does not ask for it."
}
