import MCPTransports

/// The clients of one run.
actor Fleet {
    private let plan: Plan
    private let transports: [SSEClientTransport]
    private let clients: [MCPClient]
    private(set) var failures = 0
    private(set) var leastHeartbeats = 0
    private(set) var reconnections = 0

    init(_ plan: Plan, url: String) throws {
        self.plan = plan
        let connections = SharedConnections(limit: plan.connections)
        transports = try (0..<plan.sessions).map { _ in
            try SSEClientTransport(
                url: url,
                configuration: .init(
                    dialect: plan.dialect, connections: connections, callTimeout: .seconds(120),
                    openingTimeout: .seconds(120)))
        }
        clients = transports.map { transport in
            var configuration = MCPClient.Configuration(name: "session-bench", version: "1")
            configuration.timeout = RequestTimeout(.seconds(120))
            return MCPClient(transport: transport, configuration: configuration)
        }
    }

    /// Does something for every client, so many at a time. Counts those that failed.
    private func each(_ body: @escaping @Sendable (Int) async throws -> Void) async {
        let (count, abreast) = (clients.count, plan.abreast)
        let failed = await withTaskGroup(of: Bool.self) { group in
            var failed = 0
            for index in 0..<count {
                if index >= abreast, await group.next() == false { failed += 1 }
                group.addTask {
                    do {
                        try await body(index)
                        return true
                    } catch {
                        return false
                    }
                }
            }
            for await isGood in group where !isGood { failed += 1 }
            return failed
        }
        failures += failed
    }

    func open() async throws {
        let clients = clients
        await each { try await clients[$0].initialize() }
        guard failures < plan.sessions else { throw Failure("no session could be opened") }
    }

    /// Waits until every stream had so many heartbeats.
    func idle() async throws {
        let limit = ContinuousClock.now + .milliseconds(plan.heartbeatMilliseconds * (plan.heartbeats + 10))
        while leastHeartbeats < plan.heartbeats {
            guard ContinuousClock.now < limit else {
                throw Failure("a stream had \(leastHeartbeats) heartbeats when \(plan.heartbeats) were due long ago")
            }
            try await Task.sleep(for: .milliseconds(plan.heartbeatMilliseconds / 2))
            var least = Int.max
            for transport in transports { least = min(least, await transport.status().heartbeats) }
            leastHeartbeats = least
        }
    }

    func call() async throws {
        let clients = clients
        await each { index in
            let result = try await clients[index].callTool("echo", arguments: ["text": .string("session \(index)")])
            guard result.content.first?.text == "session \(index)" else { throw Failure("another answer") }
        }
        for transport in transports { reconnections += await transport.status().reconnections }
    }

    func close() async {
        let clients = clients
        await each { await clients[$0].close() }
    }
}
