import Logging
import Synchronization

/// All that is alive in one server transport: what is served, and everybody who is there to hear of it.
final class Switchboard: Sendable {
    let configuration: SSEServerTransport.Configuration
    let sessions: SessionTable
    let calls: StatelessTable
    let subscriptions: SubscriptionTable
    let listeners: ListenerTable
    let tasks = RunningTasks()
    let logger: Logger
    let slowReaders: SlowReaders
    /// Whether the server is coming to its end.
    let isDraining = Atomic<Bool>(false)
    /// Decides who is let in; nil: everybody, as nobody.
    let authenticate: SSEServerTransport.Authenticate?
    /// Answers messages of the broadcast dialect where there is no server.
    let messageHandler: MessageHandler?
    private let served: Mutex<MCPServer?>

    init(
        server: MCPServer?, messageHandler: MessageHandler?, configuration: SSEServerTransport.Configuration,
        logger: Logger, authenticate: SSEServerTransport.Authenticate?
    ) {
        self.authenticate = authenticate
        slowReaders = SlowReaders(limit: configuration.limits.outboundBytes, logger: logger)
        self.configuration = configuration
        self.messageHandler = messageHandler
        self.logger = logger
        served = Mutex(server)
        sessions = SessionTable(limit: configuration.limits.sessions)
        calls = StatelessTable(limit: configuration.limits.suspendedCalls, makeKey: RandomID.make)
        subscriptions = SubscriptionTable(limit: configuration.limits.subscriptions)
        listeners = ListenerTable(limit: configuration.limits.sessions)
    }

    /// What is served at this moment; nil when a message handler is.
    var server: MCPServer? { served.withLock { $0 } }

    /// Replaces what is served, and gives what differs.
    func update(_ change: (inout MCPServer) -> Void) -> [ServerChange] {
        served.withLock { server in
            guard let former = server else { return [] }
            var later = former
            change(&later)
            server = later
            return later.listChanges(since: former)
        }
    }

    /// Tells everybody who wants to hear of a change, if the server promised to. Gives how many they are.
    @discardableResult
    func announce(_ change: ServerChange) -> Int {
        guard server?.announces.contains(change.announcement) == true else { return 0 }
        let message = JSONRPCMessage.notification(method: change.method, params: change.params.map(JSONValue.object))
        let told = sessions.all.count { $0.announce(change, message) }
        return told + subscriptions.announce(change) + listeners.send(message)
    }

    /// Says something to one session, or to all who listen. Gives how many they are.
    func send(_ message: JSONRPCMessage, to sessionID: String?) -> Int {
        if let sessionID {
            return sessions[sessionID].map { $0.say(message) ? 1 : 0 } ?? 0
        }
        let told = sessions.all.count { $0.say(message) }
        let change = ServerChange(message)
        return told + listeners.send(message) + (change.map(subscriptions.announce) ?? 0)
    }
}

/// Identifiers that cannot be guessed.
enum RandomID {
    /// 128 random bits as 32 hexadecimal digits; the generator is the system's.
    static let make: @Sendable () -> String = {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

extension MCPServer {
    /// Which lists are not what they were.
    func listChanges(since former: MCPServer) -> [ServerChange] {
        var changes: [ServerChange] = []
        if tools.map(\.json) != former.tools.map(\.json) { changes.append(.tools) }
        if prompts.map(\.json) != former.prompts.map(\.json) { changes.append(.prompts) }
        if resources.map(\.json) != former.resources.map(\.json)
            || resourceTemplates.map(\.json) != former.resourceTemplates.map(\.json)
        {
            changes.append(.resources)
        }
        return changes
    }
}

extension ServerChange {
    /// The change that a notification tells of.
    init?(_ message: JSONRPCMessage) {
        guard case .notification(let method, let params) = message else { return nil }
        switch method {
        case "notifications/tools/list_changed": self = .tools
        case "notifications/prompts/list_changed": self = .prompts
        case "notifications/resources/list_changed": self = .resources
        case "notifications/resources/updated":
            guard let uri = params?["uri"]?.stringValue else { return nil }
            self = .resource(uri: uri)
        default: return nil
        }
    }
}
