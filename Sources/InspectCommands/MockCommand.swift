import ArgumentParser
import Replaying
import Scenario

/// `mcp-inspect mock`
package struct MockCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "mock",
        abstract: "Serve a recorded session as an MCP server.",
        discussion: """
            Answers as the recorded server did, in its dialect, at its paths, with its pauses, progress, questions and \
            errors, from the recording alone. A request is found by its method and parameters; equal ones are answered \
            in recorded order, then the last again. Where several sessions are meant (a file, a recording's name), each \
            new client gets the next. Ends with Ctrl-C.

              mcp-inspect mock latest
              mcp-inspect mock claude-code/3 --speed max
              mcp-inspect mock bug.sqlite --on-miss forward http://127.0.0.1:8000/mcp
              mcp-inspect mock latest --fault drop=5% --fault slow=20% --seed 7
            """)

    @Argument(
        help: ArgumentHelp(
            "A session: its name or id, a recording's name, FILE, FILE#session; default: latest.", valueName: "session")
    )
    var session: String?

    @Option(name: .shortAndLong, help: "Address to listen on.")
    var listen =
        Environment.text("MOCK_LISTEN").flatMap { ListenAddress(argument: $0) }
        ?? ListenAddress(host: "127.0.0.1", port: 6491)

    @Option(help: ArgumentHelp("Pauses as recorded, none (max), or shorter (2x).", valueName: "recorded|max|2x"))
    var speed = Environment.text("SPEED").flatMap { Pace(argument: $0) } ?? .recorded

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "What to do with a request that is not in the recording: a JSON-RPC error that names the closest one, HTTP 404, or ask another server. [default: error]",
            valueName: "error|404|forward url"))
    var onMiss: [String] = Environment.text("ON_MISS").map { $0.split(separator: " ").map { String($0) } } ?? []

    @Option(
        help: ArgumentHelp(
            "Disturb this share of the requests (0.1, 10%): drop, stall, error, slow, truncate or duplicate. Repeatable.",
            valueName: "fault=rate"))
    var fault: [String] = Environment.list("FAULT")

    @Option(help: "Which requests meet a fault: for the same seed always the same.")
    var seed: UInt64 = Environment.text("SEED").flatMap { UInt64($0) } ?? 1

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    @OptionGroup var database: DatabaseOption

    package init() {}

    package func validate() throws {
        try Environment.require("MOCK_LISTEN", ListenAddress.self)
        try Environment.require("SPEED", Pace.self)
        try Environment.require("SEED", UInt64.self)
        _ = try missAndSession()
        _ = try faults()
    }

    package mutating func run() async throws {
        let mock = try Wiring.mock(self)
        let feed = MockFeed(isQuiet: quiet || Environment.flag("QUIET"))
        let address = listen
        try await UntilSignal.run {
            do {
                try await mock.run(
                    notice: { feed.note($0) },
                    onListening: { port in
                        feed.started(mock, at: ListenAddress(host: address.host, port: port))
                    })
            } catch let error where !(error is CancellationError) {
                throw CommandFailure(
                    .usage,
                    "cannot listen on \(address): \(ListenFailure.reason(error)); pass --listen with another port")
            }
        }
        feed.ended()
    }

    /// What becomes of a miss.
    enum Miss: Equatable {
        case error, notFound
        case forward(url: String)
    }

    /// A session's name may have been taken for one more word of `--on-miss`.
    func missAndSession() throws -> (miss: Miss, session: String) {
        var words = onMiss[...]
        let miss: Miss
        switch words.popFirst() {
        case nil, "error": miss = .error
        case "404": miss = .notFound
        case "forward":
            guard let url = words.popFirst(), url.contains("://") else {
                throw ValidationError("--on-miss forward needs the URL of a server, such as http://127.0.0.1:8000/mcp.")
            }
            miss = .forward(url: url)
        case .some(let word):
            throw ValidationError("--on-miss cannot be \"\(word)\"; it is error, 404 or forward URL.")
        }
        let rest = [session].compactMap { $0 } + words
        guard rest.count <= 1 else {
            throw ValidationError("Pass one session, not \(rest.joined(separator: " and ")).")
        }
        return (miss, rest.first ?? "latest")
    }

    /// The faults that were asked for.
    func faults() throws -> FaultPlan {
        var rates: [MockFault: Double] = [:]
        for text in fault {
            guard let (fault, rate) = FaultPlan.parse(text) else {
                let names = MockFault.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError(
                    "--fault cannot be \"\(text)\"; write one of \(names) with its rate, as drop=0.1.")
            }
            rates[fault, default: 0] += rate
        }
        guard rates.values.reduce(0, +) <= 1 else {
            throw ValidationError("The rates of --fault are more than 1 together; a request meets one fault at most.")
        }
        return FaultPlan(rates: rates, seed: seed)
    }
}
