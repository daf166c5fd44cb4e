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
            new client gets the next. Ends with Ctrl-C: exit code 0, or 5 when something could not be recorded.

            With --on-miss record a request that is not in the recording is asked of the recorded server, or of the one \
            whose URL follows, and kept in the capture as a session of its own, mock-SESSION/1 and so on. From then on \
            mock SESSION answers it too. What the live server says and asks until it answers reaches the client, with \
            forward as with record; it is asked in the recorded dialect where it speaks that.

              mcp-inspect mock latest
              mcp-inspect mock claude-code/3 --speed max
              mcp-inspect mock bug.sqlite --on-miss forward http://127.0.0.1:8000/mcp
              mcp-inspect mock latest --on-miss record
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
            "What to do with a request that is not in the recording: a JSON-RPC error that names the closest one, HTTP 404, ask another server, or ask and keep the answer. [default: error]",
            valueName: "error|404|forward url|record [url]"))
    var onMiss: [String] = Environment.text("ON_MISS").map { $0.split(separator: " ").map { String($0) } } ?? []

    @Option(
        help: ArgumentHelp(
            "Disturb this share of the requests (0.1, 10%): drop, stall, error, slow, truncate or duplicate. Repeatable.",
            valueName: "fault=rate"))
    var fault: [String] = Environment.list("FAULT")

    @Option(help: "Which requests meet a fault: for the same seed always the same.")
    var seed: UInt64 = Environment.text("SEED").flatMap { UInt64($0) } ?? 1

    @Option(
        help: ArgumentHelp("How long the live server of --on-miss may be silent.", valueName: "duration"))
    var timeout =
        Environment.text("TIMEOUT").flatMap { DurationArgument(argument: $0) } ?? DurationArgument(milliseconds: 30_000)

    @OptionGroup var upstream: UpstreamOptions

    @OptionGroup var tls: TLSOptions

    @OptionGroup var redaction: RedactionOptions

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    @OptionGroup var database: DatabaseOption

    package init() {}

    package func validate() throws {
        try Environment.require("MOCK_LISTEN", ListenAddress.self)
        try Environment.require("SPEED", Pace.self)
        try Environment.require("SEED", UInt64.self)
        try Environment.require("TIMEOUT", DurationArgument.self)
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
        let recorded = await mock.recorded()
        feed.ended(recorded)
        if let recorded, !recorded.isComplete { throw ExitCode(CommandFailure.Code.incomplete.rawValue) }
    }

    /// What becomes of a miss.
    enum Miss: Equatable {
        case error, notFound
        case forward(url: String)
        /// Nil: of the recorded server.
        case record(url: String?)
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
        case "record":
            let url = words.first.flatMap { $0.contains("://") ? $0 : nil }
            if url != nil { words.removeFirst() }
            miss = .record(url: url)
        case .some(let word):
            throw ValidationError("--on-miss cannot be \"\(word)\"; it is error, 404, forward URL or record.")
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
