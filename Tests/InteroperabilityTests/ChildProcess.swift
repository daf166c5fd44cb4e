import Foundation

/// A program under test: its output goes to files, so that no pipe fills up, and it never outlives its user.
///
/// Standard input is a pipe that nothing is written to: programs that watch it end when this process does.
final class ChildProcess {
    private let process = Process()
    private let input = Pipe()
    private let outputFile: URL
    private let errorFile: URL
    let name: String

    /// Starts `executable`, whose output is kept in `folder` under `name`.
    init(_ name: String, _ executable: URL, _ arguments: [String], in folder: URL) throws {
        self.name = name
        outputFile = folder.appending(path: "\(name).out")
        errorFile = folder.appending(path: "\(name).err")
        process.executableURL = executable
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = try Self.emptyFile(outputFile)
        process.standardError = try Self.emptyFile(errorFile)
        do {
            try Self.withoutBlockedSignals { try process.run() }
        } catch {
            throw HarnessFailure("\(executable.path) does not start: \(error.localizedDescription)")
        }
    }

    private static func emptyFile(_ url: URL) throws -> FileHandle {
        try Data().write(to: url)
        return try FileHandle(forWritingTo: url)
    }

    /// A new process inherits the signal mask of the thread that starts it, and threads of Swift's concurrency block
    /// nearly every signal: without this the program would never see the interrupt that is to end it.
    private static func withoutBlockedSignals(_ body: () throws -> Void) rethrows {
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    var output: Data { (try? Data(contentsOf: outputFile)) ?? Data() }
    var outputText: String { String(decoding: output, as: UTF8.self) }
    var errorText: String { String(decoding: (try? Data(contentsOf: errorFile)) ?? Data(), as: UTF8.self) }
    private var lastErrorLines: String { errorText.split(separator: "\n").suffix(15).joined(separator: "\n") }

    /// Returns what `found` first returns; fails when the program ends before, or at the deadline.
    func wait<Found>(for what: String, seconds: Int, until found: () throws -> Found?) async throws -> Found {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            let runs = process.isRunning
            if let result = try found() { return result }
            guard runs else { throw HarnessFailure("\(name) ended before \(what):\n\(lastErrorLines)") }
            guard ContinuousClock.now < deadline else {
                throw HarnessFailure("\(name): no \(what) within \(seconds) s:\n\(lastErrorLines)")
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Waits until it ended by itself; fails with its last words unless the exit code is 0.
    func succeed(within seconds: Int) async throws {
        let code = try await exitCode(within: seconds)
        guard code == 0 else { throw HarnessFailure("\(name) ended with exit code \(code):\n\(lastErrorLines)") }
    }

    /// Waits until it ended by itself.
    func exitCode(within seconds: Int) async throws -> Int32 {
        try await wait(for: "end", seconds: seconds) { process.isRunning ? nil : process.terminationStatus }
    }

    /// Asks it to end as a user at the keyboard does.
    func interrupt() { process.interrupt() }

    /// Ends it whatever state it is in: closed standard input and SIGTERM first, SIGKILL after three seconds.
    func end() async {
        try? input.fileHandleForWriting.close()
        guard process.isRunning else { return }
        process.terminate()
        let deadline = ContinuousClock.now + .seconds(3)
        while process.isRunning, ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(10))
        }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// Runs `body` with it and ends it, also when `body` fails.
    func during<Result>(_ body: (ChildProcess) async throws -> Result) async throws -> Result {
        do {
            let result = try await body(self)
            await end()
            return result
        } catch {
            await end()
            throw error
        }
    }
}

/// Why the comparison could not be made: one sentence, and what a program said.
struct HarnessFailure: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
