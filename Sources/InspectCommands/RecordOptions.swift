import ArgumentParser
import Foundation
import Traffic

/// What is masked in the capture.
struct RedactionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Mask this header too.", valueName: "name"))
    var redactHeader: [String] = Environment.list("REDACT_HEADER")

    @Option(
        help: ArgumentHelp(
            "Mask the values of this member of messages too, in any case and at any depth.", valueName: "name"))
    var redactKey: [String] = Environment.list("REDACT_KEY")

    @Flag(help: "Store messages as they are; secrets in headers, URLs and OAuth forms stay masked.")
    var keepBodies = false

    @Flag(help: "Store all secrets as they are.")
    var noRedact = false

    func validate() throws {
        for name in redactKey where SecretKeys.kept.contains(name.lowercased()) || name.isEmpty {
            throw ValidationError(
                "--redact-key \"\(name)\" cannot be masked: it holds messages and calls together; name another member.")
        }
    }

    /// Nil masks nothing. `headers`, `keys`: further names, such as those that a recording masks which is done again.
    /// `isKept`: false where what is masked is thrown away, so that any key will do where there is none.
    func redactor(headers: [String] = [], keys: [String] = [], isKept: Bool = true) throws -> Redactor? {
        guard !noRedact, !Environment.flag("NO_REDACT") else { return nil }
        let keeps = keepBodies || Environment.flag("KEEP_BODIES")
        return Redactor(
            key: isKept ? try RedactionKey.load() : RedactionKey.loadOrMake(), extraHeaders: redactHeader + headers,
            keys: keeps ? .none : SecretKeys(extra: redactKey + keys))
    }
}

/// What is added on the way to the server.
struct UpstreamOptions: ParsableArguments {
    @Option(
        name: [.customShort("H"), .long],
        help: ArgumentHelp(
            "Set a header on every request to the server. Secrets are safer with --token-env.", valueName: "name:value")
    )
    var header: [String] = Environment.lines("HEADER")

    @Option(help: ArgumentHelp("Send the bearer token that this environment variable holds.", valueName: "variable"))
    var tokenEnv: String?

    /// The headers to set, as name and value.
    func headers() throws -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        for text in header {
            guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else {
                throw CommandFailure(.usage, "--header \"\(text)\" has no colon; write NAME:VALUE")
            }
            let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            headers.append((String(text[..<colon]), String(value)))
        }
        guard let tokenEnv = tokenEnv ?? Environment.text("TOKEN_ENV") else { return headers }
        guard let token = ProcessInfo.processInfo.environment[tokenEnv], !token.isEmpty else {
            throw CommandFailure(.usage, "the variable \(tokenEnv) of --token-env is not set; export it first")
        }
        headers.append(("Authorization", "Bearer \(token)"))
        return headers
    }
}
