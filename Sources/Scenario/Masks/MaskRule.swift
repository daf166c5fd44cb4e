import WireFormats

/// A written mask: a path, the calls that it is for, and what may stand there.
///
///     tools/call now $.result.content[0].text ~ "it is {number} degrees"   # differs between two runs
///     notifications[*] $.params.data                                       # whatever is logged
///     $..requestNumber ~ number                                            # counts up
package struct MaskRule: Sendable, Hashable {
    /// What both sides must be, for the difference to mean nothing.
    package enum Shape: Sendable, Hashable {
        /// Values of one JSON type, with all that is in them.
        case sameType
        /// A value of this type on both sides.
        case type(JSONTree.Kind)
        /// Whatever, or nothing.
        case any
        /// Texts of this form on both sides.
        case template(TextTemplate)
    }

    /// nil: of every method, every tool.
    package var method: String?
    package var name: String?
    /// `params`, `rounds`, `notifications`, `questions`, `http.body`; nil: the answer.
    package var place: String?
    package var path: JSONPath
    package var shape: Shape
    package var reason: String?

    package init(_ path: JSONPath, shape: Shape = .sameType, reason: String? = nil) {
        self.path = path
        self.shape = shape
        self.reason = reason
    }

    /// What a difference is stored with that it masks.
    package var label: String { "rule \(selector)" }

    func covers(_ difference: Difference) -> Bool {
        guard method == nil || method == difference.method, name == nil || name == difference.name,
            place == nil && !hasEveryPlace ? difference.place == .answer : matches(difference.place),
            path.covers(difference.path)
        else { return false }
        return fits(difference)
    }

    /// A key at any depth is meant wherever it stands.
    private var hasEveryPlace: Bool { path.description.hasPrefix("$..") }

    private func matches(_ other: Difference.Place) -> Bool {
        guard let place else { return true }
        return other.prefix.hasPrefix(place)
    }

    private func fits(_ difference: Difference) -> Bool {
        switch shape {
        case .any: return true
        case .sameType: return difference.aspect != .value || difference.keepsType || !isAt(difference.path)
        case .type(let kind): return difference.recorded?.kind == kind && difference.live?.kind == kind
        case .template(let template):
            guard case .string(let recorded)? = difference.recorded, case .string(let live)? = difference.live else {
                return false
            }
            return template.matches(recorded) && template.matches(live)
        }
    }

    /// Whether the difference is the value at the path itself, not something within it.
    private func isAt(_ other: JSONPath) -> Bool {
        !path.covers(JSONPath(other.parts.dropLast())) || other.parts.isEmpty
    }
}
