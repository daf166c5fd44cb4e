import DemoServer
import Foundation
import MCPTransports

/// A capture of one session with the demo server, recorded as anybody would: `demo/1`.
struct RecordedDemo: Sendable {
    let folder: TemporaryFolder
    var database: String { folder.file() }

    static func make() async throws -> RecordedDemo {
        let made = RecordedDemo(folder: try TemporaryFolder())
        let port = try FreePort.next()
        try await serve { upstream in
            let recorder = try BackgroundRun(
                [
                    "record", "http://127.0.0.1:\(upstream)", "--listen", "127.0.0.1:\(port)", "--name", "demo", "--db",
                    made.database,
                ], in: made.folder.path)
            do {
                try await recorder.says("recording http")
                try await converse("http://127.0.0.1:\(port)/mcp")
                try await recorder.interrupt()
            } catch {
                recorder.kill()
                throw error
            }
        }
        return made
    }

    func replay(_ session: String, _ arguments: [String]) async throws -> InspectRun {
        try await InspectRun.aside(["replay", session, "--db", database] + arguments, in: folder.path)
    }

    private static func converse(_ url: String) async throws {
        let transport = try SSEClientTransport(url: url, configuration: .init(dialect: .streamable))
        let client = MCPClient(transport: transport, configuration: .init(name: "tester", version: "1"))
        try await client.initialize()
        var cursor: JSONValue?
        repeat {
            let page = try await client.request("tools/list", params: cursor.map { ["cursor": $0] })
            cursor = page["nextCursor"]
        } while cursor != nil
        _ = try await client.request("tools/call", params: ["name": "echo", "arguments": ["text": "hello"]])
        _ = try await client.request(
            "tools/call", params: ["name": "slow", "arguments": ["seconds": 0.1, "steps": 2]], progress: { _ in })
        await client.close()
    }

    /// The demo server of this process, on a port of its own.
    static func serve(_ body: @escaping @Sendable (_ port: Int) async throws -> Void) async throws {
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let server = DemoServer(configuration: .init(port: 0)) { found.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            for await port in ports {
                try await body(port)
                break
            }
            group.cancelAll()
        }
    }
}

/// A port that was free a moment ago, for programs that are told theirs.
enum FreePort {
    struct None: Error {}

    static func next() throws -> Int {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard file >= 0 else { throw None() }
        defer { close(file) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(file, $0, size) == 0 && getsockname(file, $0, &size) == 0
            }
        }
        guard isBound else { throw None() }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

/// A run of the executable that goes on beside the test.
final class BackgroundRun {
    struct Silent: Error, CustomStringConvertible { let description: String }

    private let process = Process()
    private let outputFile: String

    init(_ arguments: [String], in folder: String) throws {
        outputFile = folder + "/.background-\(UUID().uuidString)"
        try Data().write(to: URL(filePath: outputFile))
        process.executableURL = InspectRun.executable
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        var variables = ["HOME": folder, "PATH": "/usr/bin:/bin"]
        if let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] {
            variables["LD_LIBRARY_PATH"] = libraries
        }
        process.environment = variables
        process.standardInput = FileHandle.nullDevice
        let output = try FileHandle(forWritingTo: URL(filePath: outputFile))
        process.standardOutput = output
        process.standardError = output
        // Threads of the cooperative pool block signals, and a new process inherits that.
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
    }

    /// What it has said so far.
    var output: String { (try? String(contentsOfFile: outputFile, encoding: .utf8)) ?? "" }

    /// Waits until it has said so.
    func says(_ text: String) async throws {
        let deadline = ContinuousClock.now + .seconds(15)
        while !output.contains(text) {
            guard process.isRunning, ContinuousClock.now < deadline else { throw Silent(description: output) }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Ends it as at the keyboard, waits until it has ended, and returns its exit code.
    @discardableResult
    func interrupt() async throws -> Int32 {
        process.interrupt()
        let deadline = ContinuousClock.now + .seconds(15)
        while process.isRunning {
            guard ContinuousClock.now < deadline else { throw Silent(description: output) }
            try await Task.sleep(for: .milliseconds(10))
        }
        return process.terminationStatus
    }

    func kill() { process.terminate() }
}
