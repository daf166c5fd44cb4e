import Foundation
import NIOCore
import NIOPosix

/// A program that tests run: an `openssl` command, or a server that ends with its user.
final class Program {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let process = Process()
    private let log: String

    /// Where the program is; nil where it is not installed. Servers are in folders that are not on everybody's path.
    static func find(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return (path.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/bin"]).map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a program to its end.
    static func run(_ name: String, _ arguments: [String]) throws {
        let log = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).log"
        defer { try? FileManager.default.removeItem(atPath: log) }
        let program = try Program(name, arguments, log: log)
        program.process.waitUntilExit()
        guard program.process.terminationStatus == 0 else { throw Failure(description: "\(name): \(program.output)") }
    }

    /// Starts a program whose output goes to `log`.
    init(_ name: String, _ arguments: [String], log: String) throws {
        guard let path = Self.find(name) else {
            throw Failure(description: "\(name) is not installed; Tests/Setup/packages.sh test installs it")
        }
        self.log = log
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let output = FileHandle(forWritingAtPath: log)
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        // A new process inherits the signal mask of this thread, which may block what is to end it.
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
    }

    deinit {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    private var output: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    /// Waits until somebody takes connections on a port.
    func isListening(on port: Int) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            if let channel = try? await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: "127.0.0.1", port: port).get()
            {
                try await channel.close()
                return
            }
            guard process.isRunning, ContinuousClock.now < deadline else {
                throw Failure(description: "nobody listens on \(port): \(output)")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
