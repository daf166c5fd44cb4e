import Foundation

/// `mcp-inspect record` as a process of its own.
final class RecorderProcess {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let process = Process()
    private let output: URL
    /// What clients connect to.
    private(set) var port = 0

    /// Starts the program in front of `upstream` and returns when it listens. Several on one folder share a database;
    /// each has a number then.
    init(upstream: Int, folder: TemporaryFolder, number: Int = 0, _ options: [String] = []) async throws {
        output = URL(filePath: folder.path + "/output-\(number)")
        process.executableURL = try Self.executable()
        process.arguments =
            [
                "record", "http://127.0.0.1:\(upstream)/", "--listen", "127.0.0.1:0", "--db", folder.database,
            ] + options
        process.environment = ["HOME": folder.path, "XDG_STATE_HOME": folder.path + "/state"]
        try Data().write(to: output)
        let file = try FileHandle(forWritingTo: output)
        process.standardOutput = file
        process.standardError = file
        process.standardInput = FileHandle.nullDevice
        try Self.withoutBlockedSignals { try process.run() }
        let deadline = ContinuousClock.now + .seconds(60)
        while port == 0 {
            guard process.isRunning, ContinuousClock.now < deadline else {
                end()
                throw Failure(description: "the recorder does not listen: \(text)")
            }
            try await Task.sleep(for: .milliseconds(5))
            guard let found = text.firstRange(of: "at http://127.0.0.1:") else { continue }
            let rest = text[found.upperBound...]
            guard rest.contains("\n") else { continue }
            port = Int(rest.prefix { $0.isNumber }) ?? 0
        }
    }

    deinit { end() }

    var text: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

    /// Ends it as the kernel does when memory is short: it has no chance to do anything. Returns when it is gone.
    func kill() { end() }

    private func end() {
        guard process.isRunning else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Ends it as a user at the keyboard does; returns its exit code.
    func interrupt() async throws -> Int32 {
        process.interrupt()
        let deadline = ContinuousClock.now + .seconds(60)
        while process.isRunning, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(5)) }
        guard !process.isRunning else { throw Failure(description: "the recorder does not end: \(text)") }
        return process.terminationStatus
    }

    /// For how long, all in all, its recorder thread wanted to run and got no processor. (proc(5), `schedstat`)
    var recorderWaited: Duration {
        let tasks = "/proc/\(process.processIdentifier)/task"
        for task in (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? [] {
            let name = try? String(contentsOfFile: "\(tasks)/\(task)/comm", encoding: .utf8)
            guard name == "recorder\n" else { continue }
            let fields = (try? String(contentsOfFile: "\(tasks)/\(task)/schedstat", encoding: .utf8))?.split(
                separator: " ")
            return .nanoseconds(fields.flatMap { $0.count > 1 ? Int64($0[1]) : nil } ?? 0)
        }
        return .zero
    }

    /// What another command says of the folder's capture.
    static func output(of arguments: [String], folder: TemporaryFolder) throws -> String {
        let process = Process()
        process.executableURL = try executable()
        process.arguments = arguments
        process.environment = ["HOME": folder.path, "XDG_STATE_HOME": folder.path + "/state"]
        let path = folder.path + "/said-\(UUID().uuidString)"
        try Data().write(to: URL(filePath: path))
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        process.standardOutput = file
        process.standardError = file
        process.standardInput = FileHandle.nullDevice
        try withoutBlockedSignals { try process.run() }
        process.waitUntilExit()
        return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    /// The longest time from when something passed until it was on disk, as it says at its end.
    var longestDelay: Duration? {
        guard let found = text.firstMatch(of: #/on disk within (\d+) ms/#) else { return nil }
        return Int(found.output.1).map { .milliseconds($0) }
    }

    /// The product beside the program that runs the tests, where SwiftPM puts it, or what `MCP_INSPECT_BINARY` names.
    private static func executable() throws -> URL {
        let named = ProcessInfo.processInfo.environment["MCP_INSPECT_BINARY"].map { URL(filePath: $0) }
        let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let executable = named ?? folder.appending(path: "mcp-inspect")
        guard FileManager.default.isExecutableFile(atPath: executable.path) else {
            throw Failure(description: "\(executable.path) is missing: build it, or name another in MCP_INSPECT_BINARY")
        }
        return executable
    }

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
