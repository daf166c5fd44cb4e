import Foundation
import Scenario
import Traffic
import WireFormats

/// Where a session is replayed to.
enum ReplayTarget {
    /// The given URLs, or the recorded one.
    static func urls(_ given: [String], of script: ReplayScript) throws -> [HTTPURL] {
        guard given.isEmpty else { return try given.map { try url($0, of: script) } }
        guard let recorded = script.plan.recordedTarget else {
            throw CommandFailure(
                .usage, "the recording does not say where \(script.label.visible) went; pass the server with --target")
        }
        return [try parsed(recorded)]
    }

    /// A URL without a path gets the recorded one.
    static func url(_ text: String, of script: ReplayScript) throws -> HTTPURL {
        let url = try parsed(text)
        guard let parts = URLComponents(string: text), parts.percentEncodedPath.isEmpty,
            parts.percentEncodedQuery == nil,
            let recorded = script.plan.recordedTarget.flatMap({ try? HTTPURL($0) })
        else { return url }
        return try parsed(url.origin + recorded.target)
    }

    private static func parsed(_ text: String) throws -> HTTPURL {
        do {
            return try HTTPURL(text)
        } catch {
            throw CommandFailure(.usage, "\(error)")
        }
    }
}

extension ReplayScript {
    /// Whether anything is left that is done, or would be where it is allowed.
    var hasSomethingToDo: Bool {
        plan.steps.contains { step in
            switch step.kind {
            case .call, .listen, .notification: step.skipped?.hasPrefix("destructive") ?? true
            case .cancel, .cutStream: false
            }
        }
    }

    /// Names of header fields and members that the recording masks: their values stand in live traffic again.
    var maskedNames: (headers: [String], keys: [String]) {
        var (headers, keys): ([String], [String]) = ([], [])
        for requirement in plan.requirements {
            switch requirement.place {
            case .header(let name): headers.append(name)
            case .body: keys.append(requirement.name)
            case .query: continue
            }
        }
        return (headers, keys)
    }

    /// Whether the recording says how the conversation was opened, where the dialect wants that.
    var isWhole: Bool {
        guard plan.dialect != .stateless, plan.dialect != .broadcast else { return true }
        return !plan.identity.calls.isEmpty
    }

    /// False where nothing came of it but a handshake that had no result.
    var isWelcome: Bool {
        plan.dialect == .stateless || plan.identity.calls.isEmpty || plan.identity.isWelcome || !plan.steps.isEmpty
    }

    /// Whether the demo server was recorded where `record` starts it: then a fresh one stands for it.
    var isOfDemoServer: Bool {
        guard serverName == "mcp-inspect-demo", let url = plan.recordedTarget.flatMap({ try? HTTPURL($0) }) else {
            return false
        }
        return ["127.0.0.1", "localhost", "::1"].contains(url.host)
    }
}
