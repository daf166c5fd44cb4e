import WireFormats

/// The order in which a list names tools, prompts and resources. (MCP 2026-07-28 tools: it should be stable)
package enum ListOrder: Mask {
    package static let name = "list-order"

    package static func covers(_ difference: Difference, _: MaskContext) -> Bool {
        difference.aspect == .order && difference.place == .answer
    }
}
