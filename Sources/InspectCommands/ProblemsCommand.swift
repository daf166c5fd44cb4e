import ArgumentParser
import Traffic
import TrafficStore

/// `mcp-inspect problems`
package struct ProblemsCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "problems",
        abstract: "Say what went wrong, the worst first, and where to look.",
        discussion: """
            Calls without an answer and why, answers that nobody waited for, streams that were cut, HTTP errors, \
            sessions that were never ended, what the recorder missed or was interrupted in. Each line says how bad it is \
            (error, warning, notice), which words after mcp-inspect show it, and what happened; what happened several \
            times is one line, with how often, since when and in which sessions. In machine formats each is an object.

            Without an argument: all sessions of the newest recording, leaving out those made by replay and load.

            Exit code 1 when there is a problem of any severity, 0 when there is none. With a filter only what it \
            selects is told and counts: text: looks into the sentence, a call's terms hold for what befell the call.

            \(FilterHelp.terms)

              mcp-inspect problems
              mcp-inspect problems claude-code/3
              mcp-inspect problems '!kind:session-not-ended' tool:search
              mcp-inspect problems nightly.sqlite --format ndjson | jq .text
            """)

    @Argument(
        help: ArgumentHelp(
            "A session's name or id, a recording's name, FILE, FILE#session, or latest, then a filter.",
            valueName: "session|filter"))
    var words: [String] = []

    @OptionGroup var output: FormatOption
    @OptionGroup var database: DatabaseOption

    package init() {}

    package func run() throws {
        let arguments = try FilterArguments(words)
        let scope = try ProblemScope(arguments.session, in: database)
        let problems = try ProblemSearch(scope, filter: arguments.filter).problems()
        if output.format == .text {
            for line in ProblemLines.lines(problems, style: .standardOutput) { Terminal.line(line) }
            Terminal.line(ProblemLines.verdict(problems, in: scope.name))
        } else {
            var list = ObjectList(isArray: output.format == .json)
            for problem in problems { list.add(problem.object) }
            list.finish()
        }
        UsedFile.tell(scope.reader.path, isMachine: output.format != .text)
        if !problems.isEmpty { throw ExitCode(CommandFailure.Code.found.rawValue) }
    }
}
