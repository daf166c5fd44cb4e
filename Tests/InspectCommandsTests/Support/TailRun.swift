import Foundation

/// `mcp-inspect tail` as a process that runs on.
final class TailRun {
    private let process = Process()
    private let outputFile: String
    private let errorFile: String

    init(_ arguments: [String], in folder: TemporaryFolder) throws {
        outputFile = folder.path + "/.tail-\(UUID().uuidString)"
        errorFile = outputFile + "-error"
        process.executableURL = InspectRun.executable
        process.arguments = ["tail", "--db", folder.file()] + arguments
        process.environment = ["HOME": folder.path]
        process.standardInput = FileHandle.nullDevice
        for file in [outputFile, errorFile] { try Data().write(to: URL(filePath: file)) }
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: outputFile))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: errorFile))
        try Self.withoutBlockedSignals { try process.run() }
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    var lines: [String] { Self.text(outputFile).split(separator: "\n").map(String.init) }
    var error: String { Self.text(errorFile) }

    /// Returns when the output or the error output has a line with this text, or a minute has passed.
    func hears(_ text: String) async throws -> Bool {
        try await eventually { self.lines.contains { $0.contains(text) } || self.error.contains(text) }
    }

    func interrupt() { process.interrupt() }

    /// Its exit code, or nil where it does not end within a minute.
    func end() async throws -> Int32? {
        try await eventually { !self.process.isRunning } ? process.terminationStatus : nil
    }

    private func eventually(_ condition: () -> Bool) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while !condition() {
            guard ContinuousClock.now < deadline else { return false }
            try await Task.sleep(for: .milliseconds(10))
        }
        return true
    }

    private static func text(_ file: String) -> String { (try? String(contentsOfFile: file, encoding: .utf8)) ?? "" }

    /// A process inherits the signal mask of the thread that starts it, and threads of Swift's concurrency block nearly
    /// every signal: the program would never see the interrupt.
    private static func withoutBlockedSignals(_ body: () throws -> Void) rethrows {
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }
}
