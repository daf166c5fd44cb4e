import ArgumentParser
import Foundation
import Scenario

/// What `replay` and `diff` compare, and what of it fails them.
struct ComparisonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Leave a place out of account, such as '$.result.structuredContent.load' (repeatable). As long as its type stays; '… ~ any' leaves out that too. The lines of a mask file are meant.",
            valueName: "path"))
    var ignore: [String] = []

    @Option(
        help: ArgumentHelp(
            "Leave members of this name out of account, at any depth of whatever is said (repeatable).",
            valueName: "key"))
    var ignoreKey: [String] = []

    @Option(help: ArgumentHelp("Masks: a path a line, its reason after #.", valueName: "file"))
    var masks: String?

    @Flag(help: "Without the built-in masks: times, ids and the like are compared as they stand.")
    var exact = false

    @Option(
        help: ArgumentHelp(
            "What fails: result (what calls did), schema (what lists say of tools, prompts and resources), latency, any; several by commas.",
            valueName: "level"))
    var failOn: FailOnArgument =
        Environment.text("FAIL_ON").flatMap { FailOnArgument(argument: $0) } ?? FailOnArgument(levels: .standard)

    @Option(
        help: ArgumentHelp(
            "With latency: how much longer an answer may take than it did.", valueName: "duration"))
    var latencyTolerance: DurationArgument =
        Environment.text("LATENCY_TOLERANCE").flatMap { DurationArgument(argument: $0) }
        ?? DurationArgument(milliseconds: 150)

    @Flag(help: "Also tell what masks took.")
    var showMasked = false

    @Option(
        help: ArgumentHelp(
            "How to print: text to read, json, or junit (a case a call) for build servers.", valueName: "format"))
    var format: ReportFormat = Environment.text("FORMAT").flatMap { ReportFormat(argument: $0) } ?? .text

    func validate() throws {
        try Environment.require("FAIL_ON", FailOnArgument.self)
        try Environment.require("LATENCY_TOLERANCE", DurationArgument.self)
        try Environment.requireFormat(ReportFormat.self)
    }

    /// The rules that were given, those of the mask file first, then those of `more` files.
    func rules(more: [String] = []) throws -> [MaskRule] {
        let files = [masks ?? Environment.text("MASKS")].compactMap { $0 }
        var rules: [MaskRule] = []
        for file in files + more.filter({ !files.contains($0) }) { rules += try MaskFiles.read(file) }
        for line in ignore.isEmpty ? Environment.lines("IGNORE") : ignore {
            var parsed: MaskRule?
            do throws(MaskRule.Mistake) {
                parsed = try MaskRule.parse(line)
            } catch {
                throw CommandFailure(.usage, "--ignore \(line.visible): \(error.what)")
            }
            guard var rule = parsed else {
                throw CommandFailure(
                    .usage, "--ignore \"\(line.visible)\" names no path; write one such as $.result.x")
            }
            rule.reason = rule.reason ?? "--ignore"
            rules.append(rule)
        }
        for key in ignoreKey.isEmpty ? Environment.list("IGNORE_KEY") : ignoreKey {
            guard !key.isEmpty else {
                throw CommandFailure(.usage, "--ignore-key \"\" names no member; give it the name of one")
            }
            rules.append(MaskRule(JSONPathArgument.anyDepth(key), reason: "--ignore-key"))
        }
        return rules
    }

    /// `learning`: a file that masks are to be learned into; those that it has hold already.
    func comparer(learningInto learning: String? = nil) throws -> Comparer {
        let known = [learning].compactMap { $0 }.filter { FileManager.default.fileExists(atPath: $0) }
        return Comparer(
            masks: MaskSet(rules: try rules(more: known), hasBuiltIn: !(exact || Environment.flag("EXACT"))),
            failOn: failOn.levels,
            tolerance: LatencyTolerance(milliseconds: Double(latencyTolerance.milliseconds)))
    }

    /// Prints the report; throws the exit code for what was found.
    func print(_ report: ComparisonReport) throws {
        switch format {
        case .text:
            let hasMasked = showMasked || Environment.flag("SHOW_MASKED")
            for line in TextReport.lines(report, hasMasked: hasMasked) { Terminal.line(line.visible) }
        case .json: Terminal.line(JSONReport.text(report))
        case .junit: Terminal.raw(Array(JUnitReport.text(report).utf8))
        }
        let idle = report.idleMasks
        if !idle.isEmpty {
            Terminal.error("\(Figures.count(idle.count, "mask")) took nothing: \(idle.joined(separator: "; "))".visible)
        }
        if report.divergences > 0 { throw ExitCode(CommandFailure.Code.found.rawValue) }
    }
}

/// `--format` of a comparison.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, junit
}

/// `--fail-on result,schema`
struct FailOnArgument: ExpressibleByArgument, Hashable {
    var levels: Set<FailLevel>

    init(levels: Set<FailLevel>) { self.levels = levels }

    init?(argument: String) {
        levels = []
        for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
            if word == "any" {
                levels = .any
            } else {
                guard let level = FailLevel(rawValue: String(word)) else { return nil }
                levels.insert(level)
            }
        }
    }

    var defaultValueDescription: String { levels.words }

    static var allValueStrings: [String] { FailLevel.allCases.map(\.rawValue) + ["any"] }
}
