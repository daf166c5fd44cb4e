import WireFormats

/// How long an answer may be kept, and by whom. (MCP 2026-07-28 caching)
package enum CacheHints: Mask {
    package static let name = "cache-hints"

    package static func covers(_ difference: Difference, _: MaskContext) -> Bool {
        guard difference.keepsType else { return false }
        return ["$.result.ttlMs", "$.result.cacheScope"].contains(difference.path.description)
    }
}
