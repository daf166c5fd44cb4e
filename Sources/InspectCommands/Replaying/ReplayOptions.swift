import ArgumentParser
import Foundation
import Replaying

/// How a session is done again.
struct ReplayOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The server's URL; without a path it gets the recorded one. Several are replayed to side by side.",
            valueName: "url"))
    var target: [String] = Environment.list("TARGET")

    @Option(
        help: ArgumentHelp(
            "How fast: recorded, max (as soon as what was waited for is there), or 2x, 0.5x and so on.",
            valueName: "speed"))
    var speed = Environment.text("SPEED").flatMap { Pace(argument: $0) } ?? .recorded

    @Option(help: ArgumentHelp("How many times, one after the other.", valueName: "N"))
    var loop = Environment.text("LOOP").flatMap { Int($0) } ?? 1

    @Option(help: ArgumentHelp("How many clients at a time.", valueName: "N"))
    var clients = Environment.text("CLIENTS").flatMap { Int($0) } ?? 1

    @Option(
        help: ArgumentHelp(
            "How long the server may take for each answer. [default: 30s, and twice the recorded time where that is longer]",
            valueName: "duration"))
    var timeout: DurationArgument?

    @Option(
        help: ArgumentHelp("The dialect to speak; auto finds out. [default: the recorded one]", valueName: "dialect"))
    var dialect: DialectArgument?

    @Option(help: ArgumentHelp("More headers, one NAME:VALUE a line.", valueName: "file"))
    var headerFile: String?

    @Option(
        help: ArgumentHelp(
            "Give what the recording masks in a URL or a message, by its name, from an environment variable (repeatable).",
            valueName: "name=variable"))
    var secretEnv: [String] = Environment.list("SECRET_ENV")

    @Option(
        help: ArgumentHelp(
            "Only what this filter selects, and the calls whose answers that needs; see mcp-inspect show --help.",
            valueName: "filter"))
    var only: String?

    @Flag(help: "Also call tools that say that they destroy.")
    var allowDestructive = false

    @Flag(help: "Print what would be done, and send nothing; with --format json an object a session.")
    var dryRun = false

    @Flag(help: "Print which value of the server's goes where, and why.")
    var explain = false

    @Flag(
        help: """
            Replay twice, and add masks for what differs between the two runs, and is not masked yet, to the file of \
            --masks (default: mcp-inspect-masks.txt). Where a command starts the server, each run has a fresh one.
            """)
    var calibrate = false

    @Flag(help: "Keep neither the live traffic nor what was found.")
    var noStore = false

    var isDry: Bool { dryRun || Environment.flag("DRY_RUN") }
    var explains: Bool { explain || Environment.flag("EXPLAIN") }
    var calibrates: Bool { calibrate || Environment.flag("CALIBRATE") }
    var allowsDestructive: Bool { allowDestructive || Environment.flag("ALLOW_DESTRUCTIVE") }
    var selection: String? { only ?? Environment.text("ONLY") }
    var stores: Bool { !noStore && !Environment.flag("NO_STORE") }
    var givenTimeout: Duration? {
        (timeout ?? Environment.text("TIMEOUT").flatMap { DurationArgument(argument: $0) }).map {
            .milliseconds($0.milliseconds)
        }
    }
    var chosenDialect: DialectArgument? {
        dialect ?? Environment.text("DIALECT").flatMap { DialectArgument(argument: $0) }
    }

    func validate() throws {
        try Environment.require("SPEED", Pace.self)
        try Environment.require("LOOP", Int.self)
        try Environment.require("CLIENTS", Int.self)
        try Environment.require("TIMEOUT", DurationArgument.self)
        try Environment.require("DIALECT", DialectArgument.self)
        guard (1...100_000).contains(loop) else { throw ValidationError("--loop must be 1 to 100000.") }
        guard (1...1000).contains(clients) else { throw ValidationError("--clients must be 1 to 1000.") }
        for text in secretEnv where !text.dropFirst().contains("=") {
            throw ValidationError("--secret-env \(text) has no variable; write NAME=VARIABLE.")
        }
    }

    /// The headers of `--header-file`.
    func headersOfFile() throws -> [(name: String, value: String)] {
        guard let file = headerFile ?? Environment.text("HEADER_FILE") else { return [] }
        guard let text = try? String(contentsOf: URL(filePath: file), encoding: .utf8) else {
            throw CommandFailure(.usage, "cannot read \(file.visible); give --header-file a text file that is there")
        }
        return try text.split(whereSeparator: \.isNewline).map { line in
            guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else {
                throw CommandFailure(.usage, "\(file.visible) has a line without a colon; write NAME:VALUE")
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            return (String(line[..<colon]), String(value))
        }
    }

    /// What `--secret-env` gives, by name.
    func secrets() throws -> [String: String] {
        var found: [String: String] = [:]
        for text in secretEnv {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let value = ProcessInfo.processInfo.environment[parts[1]], !value.isEmpty else {
                throw CommandFailure(
                    .usage, "the variable of --secret-env \(text.visible) is not set; export it first")
            }
            found[parts[0].lowercased()] = value
        }
        return found
    }
}

extension Pace: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
    package var defaultValueDescription: String { text }
}
