import WireFormats

/// Which model answered, why it stopped, and what it used: beside an answer that a model wrote.
package enum ModelFacts: Mask {
    package static let name = "model-facts"

    package static func covers(_ difference: Difference, _: MaskContext) -> Bool {
        guard difference.keepsType else { return false }
        let path = difference.path.description
        if path == "$.result.model" || path == "$.result.stopReason" { return true }
        return path.hasPrefix("$.result.usage.") || path.hasPrefix("$.result.structuredContent.usage.")
    }
}
