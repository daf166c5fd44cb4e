import WireFormats

/// How often a server tells of progress, and how much it logs. What is told as often as before is compared.
package enum NotificationCounts: Mask {
    package static let name = "notification-counts"
    package static let methods: Set<String> = ["notifications/progress", "notifications/message"]

    package static func covers(_ difference: Difference, _: MaskContext) -> Bool {
        difference.aspect == .count && methods.contains(difference.method)
    }
}
