import WireFormats

/// The version of the server and its instructions for the model. They tell which server answers, not how.
package enum ServerIdentity: Mask {
    package static let name = "server-identity"

    package static func covers(_ difference: Difference, _: MaskContext) -> Bool {
        guard difference.method == "initialize" || difference.method == "server/discover" else { return false }
        switch difference.path.description {
        case "$.result.serverInfo.version": return difference.keepsType
        case "$.result.instructions": return difference.keepsType
        default: return false
        }
    }
}
