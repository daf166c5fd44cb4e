import Foundation
import TestSupport
import Testing

/// A folder in which a new thing is one new file and one line in a list.
struct ExtensionPoint: Sendable, CustomTestStringConvertible {
    let folder: String
    /// The file of the explicit list.
    let list: String
    /// Where the test of a file `X.swift` stands; nil where files are tested together by name below.
    let tests: String
    /// The suffix of test files.
    let suffix: String
    /// What the types conform to; other files of the folder help them.
    let kind: String

    var testDescription: String { folder }
}

@Suite struct ExtensionPointTests {
    static let points = [
        ExtensionPoint(
            folder: "Sources/Traffic/Problems", list: "AllProblems.swift", tests: "Tests/TrafficTests/Problems",
            suffix: "Tests.swift", kind: "ProblemKind"),
        ExtensionPoint(
            folder: "Sources/Scenario/Masks", list: "AllMasks.swift", tests: "Tests/ScenarioTests/Masks",
            suffix: "Tests.swift", kind: "Mask"),
    ]

    @Test(arguments: points) func `every file of the folder is in its list and has its test`(
        _ point: ExtensionPoint
    ) throws {
        let list = try RepositoryFiles.text("\(point.folder)/\(point.list)")
        let listed = Self.listedTypes(in: list)
        let tests = Set(RepositoryFiles.swiftFiles(below: point.tests))
        let files = RepositoryFiles.swiftFiles(below: point.folder).filter { $0 != point.list }
        var cases = 0
        for file in files {
            let name = String(file.dropLast(".swift".count))
            let text = try RepositoryFiles.text("\(point.folder)/\(file)")
            guard text.contains(": \(point.kind) {") else { continue }
            cases += 1
            #expect(listed.contains(name), "\(file) is not in \(point.list)")
            #expect(tests.contains(name + point.suffix), "\(file) has no test \(name)\(point.suffix)")
        }
        #expect(cases > 0)
        #expect(listed.count == cases)
    }

    private static func listedTypes(in text: String) -> Set<String> {
        Set(text.matches(of: #/([A-Z][A-Za-z]+)\.self/#).map { String($0.output.1) })
    }

    @Test func `every migration is in the list`() throws {
        let list = try RepositoryFiles.text("Sources/TrafficStore/Migrations/AllMigrations.swift")
        let files = RepositoryFiles.swiftFiles(below: "Sources/TrafficStore/Migrations").filter {
            $0.first?.isNumber == true
        }
        #expect(!files.isEmpty)
        for file in files {
            let text = try RepositoryFiles.text("Sources/TrafficStore/Migrations/" + file)
            let name = try #require(text.firstMatch(of: #/(?:enum|struct|let) (\w+)/#)?.output.1)
            #expect(list.contains(name), "\(file) is not in the list")
        }
    }

    @Test func `every command is a subcommand`() throws {
        let root = try RepositoryFiles.text("Sources/InspectCommands/InspectCommand.swift")
        let files = RepositoryFiles.swiftFiles(below: "Sources/InspectCommands").filter {
            $0.hasSuffix("Command.swift") && $0 != "InspectCommand.swift"
        }
        #expect(files.count >= 8)
        for file in files {
            let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
            #expect(root.contains("\(name).self"), "\(name) is not among the subcommands")
        }
    }
}
