import Foundation
import MCPTransports

/// The demo server in a process of its own, which ends with this one.
struct ServerProcess {
    let url: String
    let pid: Int32
    private let process: Process
    private let input: Pipe

    static func start(_ plan: Plan) throws -> ServerProcess {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: plan.server)
        process.arguments = [
            "demo-server", "--listen", "127.0.0.1:0", "--heartbeat", "\(plan.heartbeatMilliseconds)ms",
            "--until-input-ends",
        ]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let match = line.firstMatch(of: #/http:\/\/127\.0\.0\.1:[0-9]+/#) else {
            process.terminate()
            throw Failure("the server did not start")
        }
        let path =
            switch plan.dialect {
            case .httpSSE: "/sse"
            case .streamable, .stateless: "/mcp"
            case .broadcast: "/broadcast/sse"
            }
        return ServerProcess(
            url: String(match.output) + path, pid: process.processIdentifier, process: process, input: input)
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

enum Memory {
    /// Resident memory of a process, in KiB.
    static func resident(of pid: Int32? = nil) -> Int {
        let path = "/proc/\(pid.map(String.init) ?? "self")/statm"
        let fields = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: " ") ?? []
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) / 1024 : 0
    }
}

enum Descriptors {
    /// Raises this process's limit as far as it may be.
    static func raise(toHold wanted: Int) throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard limit.rlim_cur >= wanted else {
            throw Failure("\(wanted) descriptors are needed and \(limit.rlim_cur) allowed; raise `ulimit -Hn`")
        }
    }

    static func open(of pid: Int32) -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count) ?? 0
    }
}
