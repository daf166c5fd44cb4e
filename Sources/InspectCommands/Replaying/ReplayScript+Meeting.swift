import Scenario
import Traffic
import TrafficStore

/// Sessions that were under way at the same time.
extension ReplayScript {
    /// Those that were are replayed side by side; each group after the one before it.
    static func meetings(of scripts: [ReplayScript]) -> [[ReplayScript]] {
        ScenarioPlan.meetings(scripts.map(\.plan)).map { group in group.map { scripts[$0] } }
    }

    /// Says in each plan which sessions are driven beside it, and which are not though they were under way then. `all`: what
    /// was asked for.
    static func noteMeetings(
        of scripts: [ReplayScript], in reader: CaptureReader, all: [ReplayScript]
    ) throws -> [ReplayScript] {
        var noted: [ReplayScript] = []
        for group in meetings(of: scripts) {
            for var script in group {
                let beside = group.map(\.label).filter { $0 != script.label }
                if !beside.isEmpty {
                    script.plan.notes.append(
                        "was under way at the same time as \(words(beside)): replayed side by side, in the order of all"
                    )
                }
                let others = try script.others(in: reader, but: Set(all.map(\.sessionID)))
                if !others.isEmpty {
                    script.plan.notes.append(
                        "was under way at the same time as \(words(others)), which \(others.count == 1 ? "is" : "are") not "
                            + "replayed beside it; name the recording to replay all its sessions")
                }
                noted.append(script)
            }
        }
        return noted
    }

    private static func words(_ labels: [String]) -> String {
        labels.count <= 3 ? labels.joined(separator: ", ") : "\(labels[0]), \(labels[1]) and \(labels.count - 2) more"
    }

    /// Sessions of the same recording that a server had welcomed and that went on meanwhile.
    private func others(in reader: CaptureReader, but known: Set<Int64>) throws -> [String] {
        try reader.sessions(ofRecording: plan.session.recordingID).filter { other in
            let isWelcome =
                other.row.serverName != nil || other.row.dialect == .stateless || other.row.dialect == .broadcast
            return isWelcome && !known.contains(other.row.id) && other.row.startedNs < plan.times.left
                && other.row.endedNs ?? .max > plan.times.started
        }.map(\.label)
    }
}
