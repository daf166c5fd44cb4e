import Traffic
import WireFormats

/// One recorded session as a mock server plays it. Pure; all of it is in memory.
package struct Score: Sendable {
    package let session: Int64
    package let name: String?
    package let dialect: Dialect?
    package let revision: String?
    /// The id that the wire gave the session.
    package let wireID: String?
    package let cues: [Cue]
    /// String values that the server had said; a request may bring them back.
    package let minted: Set<String>
    let cuesByPattern: [RequestPattern: [Int]]
    let cuesByMethod: [String: [Int]]
    /// Whether the server ends the lines of its events with CR LF.
    package let usesCRLF: Bool
    /// Cues that are no messages.
    let plainCues: [Int]
    private let patterns: [Int: RequestPattern]

    package init(
        session: Int64, name: String?, dialect: Dialect?, revision: String?, wireID: String?, cues: [Cue],
        minted: Set<String>
    ) {
        self.session = session
        self.name = name
        self.dialect = dialect
        self.revision = revision
        self.wireID = wireID
        self.cues = cues
        self.minted = minted
        var patterns: [Int: RequestPattern] = [:]
        var byPattern: [RequestPattern: [Int]] = [:]
        var byMethod: [String: [Int]] = [:]
        var plain: [Int] = []
        for cue in cues {
            if let pattern = cue.message.flatMap(RequestPattern.init) {
                patterns[cue.index] = pattern
                byPattern[pattern, default: []].append(cue.index)
                byMethod[pattern.method, default: []].append(cue.index)
            } else if case .answer = cue.kind {
                continue
            } else {
                plain.append(cue.index)
            }
        }
        usesCRLF = cues.contains { cue in
            cue.acts.contains { act in
                if case .event(let event) = act.what { return event.usesCRLF }
                return false
            }
        }
        self.patterns = patterns
        cuesByPattern = byPattern
        cuesByMethod = byMethod
        plainCues = plain
    }

    func pattern(of cue: Int) -> RequestPattern? { patterns[cue] }

    /// The how manieth request of the session a cue is, from 1.
    func number(ofRequest cue: Int) -> Int {
        cues[...cue].count { $0.kind == .request }
    }

    /// Whether a session is told by an id on the wire.
    package var hasWireID: Bool { wireID != nil && dialect != .stateless && dialect != .broadcast }

    /// Method and path of what is served, in order of appearance.
    package var places: [(httpMethod: String, path: String)] {
        var seen: Set<String> = []
        return cues.compactMap { cue in
            seen.insert("\(cue.httpMethod) \(cue.path)").inserted ? (cue.httpMethod, cue.path) : nil
        }
    }

    /// Whether there is a stream to listen to at a path.
    package func listens(at path: String) -> Bool { cues.contains { $0.kind == .listen && $0.isAt(path) } }

    /// Whether a client can open it with this message at this path.
    func opens(with message: JSONTree, at path: String) -> Bool {
        guard let pattern = RequestPattern(message) else { return false }
        return (cuesByPattern[pattern] ?? []).contains { index in
            cues[index].isAt(path) && (pattern.method != "initialize" || (cues[index].status ?? 0) < 400)
        }
    }

    /// Who the recorded client said it was.
    package var clientName: String? {
        cues.lazy.compactMap { $0.message?.clientName }.first
    }
}
