import Foundation

/// Where the programs are that a cell needs.
struct Installation: Sendable {
    /// The Python with SDK 1.x and its companions.
    var python: URL
    /// The Python with SDK 2.x.
    var python2: URL
    /// The folder of the servers and of the tour.
    var scripts: URL
    /// The recorder.
    var inspector: URL
    var sqlite = URL(filePath: "/usr/bin/sqlite3")

    /// Fails with what to do about it when something is missing.
    static func find() throws -> Installation {
        let environment = ProcessInfo.processInfo.environment
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        let repository = tests.deletingLastPathComponent().deletingLastPathComponent()
        func venv(_ variable: String, _ folder: String) -> URL {
            environment[variable].map { URL(filePath: $0) } ?? repository.appending(path: folder)
        }
        let first = venv("MCP_INSPECT_TEST_PYTHON", ".build-python")
        let second = venv("MCP_INSPECT_TEST_PYTHON2", ".build-python2")
        let installation = Installation(
            python: first.appending(path: "bin/python"), python2: second.appending(path: "bin/python"),
            scripts: tests.appending(path: "Python"),
            inspector: environment["MCP_INSPECT_BINARY"].map { URL(filePath: $0) } ?? besideTests("mcp-inspect"))
        for venv in [first, second] {
            try require(
                venv.appending(path: "stamp"),
                "a Python environment of these tests is missing (\(venv.path)): run `make test`, which makes it first")
        }
        try require(
            installation.inspector,
            "\(installation.inspector.path) is missing: build it, or name another in MCP_INSPECT_BINARY")
        try require(installation.sqlite, "sqlite3 is missing: apt install sqlite3")
        return installation
    }

    private static func require(_ file: URL, _ otherwise: String) throws {
        guard FileManager.default.fileExists(atPath: file.path) else { throw HarnessFailure(otherwise) }
    }

    /// A product of this package: SwiftPM puts it beside the program that runs the tests.
    private static func besideTests(_ product: String) -> URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: product)
    }
}
