import MCPTransports
import Synchronization

/// What a client was asked and told during a tour, and how it answers.
final class Overheard: Sendable {
    private struct State {
        var asked: [JSONValue] = []
        var notifications: [ServerNotification] = []
        var errors: [String] = []
    }
    private let state = Mutex(State())

    /// What was asked since the last call.
    func takeAsked() -> [JSONValue] {
        state.withLock { state in
            defer { state.asked = [] }; return state.asked
        }
    }

    /// What went wrong beside the calls since the last call.
    func takeErrors() -> [String] {
        state.withLock { state in
            defer { state.errors = [] }; return state.errors
        }
    }

    /// The notifications of a method, by what `part` takes of their parameters.
    func notifications<Part>(_ method: String, _ part: (JSONValue?) -> Part) -> [Part] {
        state.withLock { $0.notifications }.filter { $0.method == method }.map { part($0.params) }
    }

    /// The changes of lists that were told of, in order.
    var changes: [String] {
        state.withLock { $0.notifications }.map(\.method).filter { $0.hasSuffix("list_changed") }
    }

    private func note(_ question: JSONValue) { state.withLock { $0.asked.append(question) } }

    /// Samples, accepts what does not ask to be declined, has one root.
    var handlers: MCPClient.Handlers {
        var handlers = MCPClient.Handlers()
        handlers.sampling = { [self] request in
            let text = request.messages.first?.content.text ?? ""
            note(["sampling": .string(text), "maxTokens": request.maxTokens.map { .integer(Int64($0)) } ?? .null])
            return SampledMessage(content: [.text("sampled: \(text)")], model: "tour", stopReason: "endTurn")
        }
        handlers.elicitation = { [self] request in
            let fields = request.requestedSchema?["properties"]?.objectValue?.members.map(\.key).sorted() ?? []
            note(["elicitation": .string(request.message), "fields": .array(fields.map(JSONValue.string))])
            return request.message.contains("decline") ? .declined : .accepted(["name": "Ada", "age": 36])
        }
        handlers.roots = { [self] in
            note("roots")
            return [Root(uri: "file:///tour", name: "the tour")]
        }
        handlers.onNotification = { [self] heard in state.withLock { $0.notifications.append(heard) } }
        handlers.onError = { [self] error in state.withLock { $0.errors.append("\(error)") } }
        return handlers
    }
}
