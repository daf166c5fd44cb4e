import Foundation

/// One run of the executable, to its end.
struct InspectRun: Sendable {
    let status: Int32
    let output: String
    let error: String

    /// `workingDirectory` also stands for the user's folders, so that no capture but the test's own is found.
    init(
        _ arguments: [String], in workingDirectory: String, input: String = "", environment: [String: String] = [:],
        program: String? = nil
    ) throws {
        let process = Process()
        process.executableURL = program.map { URL(filePath: $0) } ?? Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: workingDirectory)
        var variables = ["HOME": workingDirectory, "PATH": "/usr/bin:/bin"]
        if let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] {
            variables["LD_LIBRARY_PATH"] = libraries
        }
        process.environment = variables.merging(environment) { $1 }
        let (inputPipe, outputFile, errorFile) = (Pipe(), workingDirectory + "/.out", workingDirectory + "/.err")
        process.standardInput = inputPipe
        process.standardOutput = try Self.empty(outputFile)
        process.standardError = try Self.empty(errorFile)
        try process.run()
        try inputPipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try inputPipe.fileHandleForWriting.close()
        process.waitUntilExit()
        status = process.terminationStatus
        output = try String(contentsOfFile: outputFile, encoding: .utf8)
        error = try String(contentsOfFile: errorFile, encoding: .utf8)
    }

    /// The same beside the test's own tasks, such as a server that the run talks to.
    static func aside(
        _ arguments: [String], in workingDirectory: String, environment: [String: String] = [:], program: String? = nil
    ) async throws -> InspectRun {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result {
                        try InspectRun(arguments, in: workingDirectory, environment: environment, program: program)
                    })
            }
        }
    }

    private static func empty(_ path: String) throws -> FileHandle {
        try Data().write(to: URL(filePath: path))
        return try FileHandle(forWritingTo: URL(filePath: path))
    }

    /// SwiftPM puts the executable beside the program that runs the tests.
    static let executable =
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "mcp-inspect")

    var lines: [String] {
        output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { String($0) }
    }
}
