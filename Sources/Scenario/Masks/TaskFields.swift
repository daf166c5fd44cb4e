import WireFormats

/// A task's id, times and words about how it goes. Its `status` is none of them. (MCP 2025-11-25 tasks)
package enum TaskFields: Mask {
    package static let name = "task-fields"
    private static let fields: Set<String> = [
        "taskId", "createdAt", "lastUpdatedAt", "ttl", "ttlMs", "pollInterval", "pollIntervalMs", "statusMessage",
    ]

    package static func covers(_ difference: Difference, _: MaskContext) -> Bool {
        guard difference.aspect == .value, let key = difference.path.keys.last, fields.contains(key),
            difference.path.endsWithKey
        else { return false }
        let isOfTask =
            difference.method.hasPrefix("tasks/") || difference.method.hasPrefix("notifications/tasks")
            || difference.path.keys.contains("task") || key == "taskId"
        return isOfTask && difference.keepsType
    }
}
