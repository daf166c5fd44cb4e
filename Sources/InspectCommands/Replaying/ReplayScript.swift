import Conversation
import Foundation
import MCPTransports
import Replaying
import Scenario
import Traffic
import TrafficStore
import WireFormats

/// A recorded session as the command line wants it done again.
struct ReplayScript: Sendable {
    let sessionID: Int64
    /// Its name, or its id.
    let label: String
    var plan: ScenarioPlan
    let fields: [HTTPRequest.Field]
    /// How long the recorded server took, by step.
    let latencies: [Int: Double]
    /// How many messages of the server belong to no call.
    let unasked: Int
    /// What stands for masked secrets, by mask.
    let secrets: [String: String]
    /// The name of the recorded server.
    let serverName: String?
    /// What does not count in the server's questions: always the built-in masks, and those that were given.
    private let masks: MaskSet
    /// Whether only what a filter selects is done.
    let isPartial: Bool
    private let missing: [Requirement]

    init(_ id: Int64, in reader: CaptureReader, for command: ReplayCommand) throws {
        let recorded = try RecordedSession(id, in: reader)
        var plan = try ScenarioPlan(of: recorded, in: reader)
        if let dialect = command.replay.chosenDialect, let wanted = Traffic.Dialect(rawValue: dialect.rawValue) {
            plan = plan.adapted(to: wanted)
        }
        let only = command.replay.selection
        if let only { plan.keepOnly(try FilterArguments.filter([only]), of: recorded) }
        isPartial = only != nil
        if !command.replay.allowsDestructive { plan.skipDestructive() }
        plan.noteMissingSources()
        self.plan = plan
        sessionID = id
        masks = MaskSet(rules: try command.comparison.rules())
        label = recorded.session.label
        serverName = recorded.session.row.serverName
        let given = try command.upstream.headers() + command.replay.headersOfFile()
        fields = RecordedFields.of(recorded.exchanges, given: given.map { HTTPRequest.Field(name: $0, value: $1) })
        let calls = Dictionary(recorded.calls.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        latencies = Dictionary(
            uniqueKeysWithValues: plan.steps.compactMap { step in
                step.call.flatMap { calls[$0.callID]?.latencyMs }.map { (step.number, $0) }
            })
        unasked = Self.unasked(recorded, plan.dialect)
        let byName = try command.replay.secrets()
        let names = Set(fields.map { $0.name.lowercased() })
        var secrets: [String: String] = [:]
        var missing: [Requirement] = []
        for requirement in plan.requirements {
            switch requirement.place {
            case .header(let name) where names.contains(name) || name == "cookie": continue
            case .query(let name) where Self.hasItem(name, in: command.replay.target): continue
            default:
                guard let secret = byName[requirement.name.lowercased()] else {
                    missing.append(requirement)
                    continue
                }
                secrets[requirement.mask] = secret
            }
        }
        (self.secrets, self.missing) = (secrets, missing)
    }

    /// What the server said of itself: on a stream that is no call's, and where all share one, what tells of no progress.
    private static func unasked(_ recorded: RecordedSession, _ dialect: Traffic.Dialect) -> Int {
        let ofCalls = Set(recorded.calls.compactMap(\.exchangeID))
        return recorded.messages.count { message in
            let row = message.row
            guard row.direction == .serverToClient, row.kind == .notification || row.kind == .request,
                row.duplicateOf == nil, let exchange = row.exchangeID
            else { return false }
            return dialect == .httpSSE ? row.method != "notifications/progress" : !ofCalls.contains(exchange)
        }
    }

    private static func hasItem(_ name: String, in targets: [String]) -> Bool {
        !targets.isEmpty
            && targets.allSatisfy { URLComponents(string: $0)?.queryItems?.contains { $0.name == name } ?? false }
    }

    /// Throws where the client has to send what the recording masks and nobody gave.
    func requireSecrets() throws(CommandFailure) {
        guard !missing.isEmpty else { return }
        var wanted: [String] = []
        for requirement in missing {
            let text =
                switch requirement.place {
                case .header(let name) where name == "authorization":
                    "the header authorization (--token-env VARIABLE, or --header-file)"
                case .header(let name): "the header \(name) (--header-file, or --header)"
                case .query(let name): "\(name) in the URL (a --target that has it)"
                case .body(let step, _):
                    "\(requirement.name) in \(plan.steps[step].call?.method ?? "a message") (--secret-env \(requirement.name)=VARIABLE)"
                }
            if !wanted.contains(text) { wanted.append(text) }
        }
        throw CommandFailure(
            .usage,
            "the recording of \(label.visible) masks what the server has to be sent; give \(wanted.joined(separator: ", "))"
                .visible)
    }

    /// What one client does. `number`: which of several at a time, that are `count`.
    func settings(
        _ target: HTTPURL, _ command: ReplayCommand, http: HTTPClientConfiguration, client number: Int, of count: Int
    ) -> DriveSettings {
        let dialect = command.replay.chosenDialect?.rawValue ?? plan.dialect.rawValue
        var settings = DriveSettings(
            target: target, dialect: Conversation.Dialect(named: dialect), pace: command.replay.speed,
            timeout: command.replay.givenTimeout ?? .seconds(30), http: http, fields: fields,
            firstID: number * Self.idsOfClient)
        if command.replay.givenTimeout == nil {
            for (step, latency) in latencies where latency > 15_000 {
                settings.longer[step] = .milliseconds(Int64(latency) * 2)
            }
        }
        settings.expectedUnasked = unasked
        settings.secrets = secrets
        settings.masks = masks
        let hasSessions = plan.dialect == .streamable || plan.dialect == .httpSSE
        guard command.replay.clients > 1 || count > 1 && !hasSessions else { return settings }
        // Clients that are alike in everything could not be told apart where they have no sessions.
        let name = fields.first { $0.name.lowercased() == "user-agent" }?.value ?? http.userAgent
        settings.fields.removeAll { $0.name.lowercased() == "user-agent" }
        settings.fields.append(.init(name: "User-Agent", value: "\(name) (client \(number + 1))"))
        return settings
    }

    /// As many ids as each client has for itself.
    static let idsOfClient = 1_000_000
}

extension Conversation.Dialect {
    /// nil for a word that names none, such as `auto`.
    init?(named name: String) {
        switch Traffic.Dialect(rawValue: name) {
        case .httpSSE: self = .httpSSE
        case .streamable: self = .streamable
        case .stateless: self = .stateless
        case .broadcast: self = .broadcast
        case nil: return nil
        }
    }
}
