import Foundation
import MCPTransports

/// Holds many sessions with a server in a process of its own: opens them, lets them idle through some heartbeats, calls
/// one tool in each, closes them, and prints what that cost as one JSON object.
///
///     session-bench SERVER-EXECUTABLE [--sessions 9000] [--dialect http+sse] [--heartbeat-ms 2000] [--heartbeats 3]
///                   [--connections 400] [--abreast 256]
@main struct SessionBench {
    static func main() async {
        do {
            let plan = try Plan(Array(CommandLine.arguments.dropFirst()))
            try Descriptors.raise(toHold: plan.sessions + plan.connections + 200)
            let report = try await run(plan)
            print(report.description)
            exit(report["failures"]?.intValue == 0 ? 0 : 1)
        } catch {
            FileHandle.standardError.write(Data("session-bench: \(error)\n".utf8))
            exit(2)
        }
    }

    private static func run(_ plan: Plan) async throws -> JSONValue {
        let server = try ServerProcess.start(plan)
        defer { server.stop() }
        let before = (own: Memory.resident(), server: Memory.resident(of: server.pid))
        let fleet = try Fleet(plan, url: server.url)
        let clock = ContinuousClock()

        let opening = try await clock.measure { try await fleet.open() }
        let idle = try await clock.measure { try await fleet.idle() }
        let held = (own: Memory.resident(), server: Memory.resident(of: server.pid))
        let connections = Descriptors.open(of: server.pid)
        let calling = try await clock.measure { try await fleet.call() }
        let called = (own: Memory.resident(), server: Memory.resident(of: server.pid))
        let closing = await clock.measure { await fleet.close() }

        func perSession(_ kibibytes: Int) -> JSONValue {
            .number((Double(kibibytes) / Double(plan.sessions) * 100).rounded() / 100)
        }
        func seconds(_ duration: Duration) -> JSONValue { .number((duration / .seconds(1) * 1000).rounded() / 1000) }
        return [
            "dialect": .string(plan.dialect.rawValue), "sessions": .integer(Int64(plan.sessions)),
            "failures": .integer(Int64(await fleet.failures)),
            "heartbeats_each_at_least": .integer(Int64(await fleet.leastHeartbeats)),
            "reconnections": .integer(Int64(await fleet.reconnections)),
            "open_s": seconds(opening), "idle_s": seconds(idle), "call_s": seconds(calling),
            "close_s": seconds(closing), "server_descriptors_idle": .integer(Int64(connections)),
            "client_kib_per_session_idle": perSession(held.own - before.own),
            "server_kib_per_session_idle": perSession(held.server - before.server),
            "client_kib_per_session_after_call": perSession(called.own - before.own),
            "server_kib_per_session_after_call": perSession(called.server - before.server),
        ]
    }
}

/// What is to be done.
struct Plan {
    var server = ""
    var sessions = 9000
    var dialect = HTTPDialect.httpSSE
    var heartbeatMilliseconds = 2000
    var heartbeats = 3
    var connections = 400
    var abreast = 256

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        guard let server = rest.popFirst() else { throw Failure("name the executable of the server") }
        self.server = server
        while let option = rest.popFirst() {
            guard let value = rest.popFirst() else { throw Failure("\(option) wants a value") }
            if option == "--dialect" {
                guard let dialect = HTTPDialect(rawValue: value) else { throw Failure("\(value) is no dialect") }
                self.dialect = dialect
                continue
            }
            guard let number = Int(value), number > 0 else { throw Failure("\(option) wants a number above 0") }
            switch option {
            case "--sessions": sessions = min(number, 18_000)
            case "--heartbeat-ms": heartbeatMilliseconds = number
            case "--heartbeats": heartbeats = number
            case "--connections": connections = number
            case "--abreast": abreast = number
            default: throw Failure("\(option) is not known")
            }
        }
    }
}

/// Why nothing could be measured.
struct Failure: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
