import WireFormats

/// Notifications of the server that a client may have acted upon, and that come as often as before: changes of lists and
/// resources, and what else the server says of itself.
///
/// Not progress and log messages, nor how a task stands, of which there may be more or fewer; nor what opens a
/// subscription or takes a request back.
package enum CountedNotification {
    private static let others = NotificationCounts.methods.union([
        "notifications/tasks", "notifications/tasks/status", "notifications/subscriptions/acknowledged",
        "notifications/cancelled",
    ])

    package static func counts(_ method: String?) -> Bool { method.map { !others.contains($0) } ?? false }

    /// The same of a message as it came.
    package static func counts(_ message: [UInt8]) -> Bool {
        guard let method = JSONRPCEnvelope(message.span.bytes).method else { return false }
        return counts(String(decoding: message[method].dropFirst().dropLast(), as: UTF8.self))
    }
}
