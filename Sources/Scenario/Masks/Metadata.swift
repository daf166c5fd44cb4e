import WireFormats

/// What stands in `_meta`, and whether there is one: it is for the other side's software. (MCP basic, `_meta`)
package enum Metadata: Mask {
    package static let name = "meta"

    package static func covers(_ difference: Difference, _: MaskContext) -> Bool {
        guard difference.aspect == .value, difference.path.keys.contains("_meta") else { return false }
        guard let recorded = difference.recorded, let live = difference.live else { return true }
        return recorded.kind == live.kind
    }
}
