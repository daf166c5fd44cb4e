import WireFormats

/// The order of what calls log that are worked on at the same time and share a stream (`http+sse`).
package enum OverlapOrder: Mask {
    package static let name = "overlap"

    package static func covers(_ difference: Difference, _ context: MaskContext) -> Bool {
        guard case .notification = difference.place else { return false }
        return difference.aspect == .order && difference.method == "notifications/message" && context.hasOverlap
            && difference.name == nil
    }
}
