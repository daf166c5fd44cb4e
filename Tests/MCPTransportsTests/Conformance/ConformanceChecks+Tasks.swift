/// The extension `io.modelcontextprotocol/tasks`, which this library neither offers nor asks for.
extension ConformanceChecks {
    static let tasks: [ConformanceScenario] = [
        .init(
            "tasks-lifecycle", .server, .byExtension,
            [
                "tasks-lifecycle-bootstrap": .doesNotApply(noTasks),
                "tasks-sync-tool-call": .doesNotApply(noTasks),
                "sep-2663-result-type-task-on-create": .doesNotApply(noTasks),
                "sep-2663-tasks-get-status-working": .doesNotApply(noTasks),
                "sep-2663-tasks-get-status-completed": .doesNotApply(noTasks),
                "sep-2663-tool-error-uses-completed-status": .doesNotApply(noTasks),
                "sep-2663-tasks-get-status-failed": .doesNotApply(noTasks),
                "sep-2663-cancel-ack-empty-result": .doesNotApply(noTasks),
                "tasks-cancel-terminal-idempotent-ack": .doesNotApply(noTasks),
            ]),
        .init(
            "tasks-capability-negotiation", .server, .byExtension,
            [
                "tasks-capability-bootstrap": .doesNotApply(noTasks),
                "tasks-extension-advertised": .doesNotApply(noTasks),
                "sep-2663-tasks-methods-non-declaring": .doesNotApply(noTasks),
                "sep-2663-server-rejects-undeclared-client": .doesNotApply(noTasks),
                "tasks-per-request-meta-opt-in": .doesNotApply(noTasks),
            ]),
        .init(
            "tasks-wire-fields", .server, .byExtension,
            [
                "tasks-wire-fields-bootstrap": .doesNotApply(noTasks),
                "tasks-wire-field-renames": .doesNotApply(noTasks),
                "tasks-no-early-ttl-expiry": .doesNotApply(noTasks),
                "tasks-no-related-task-meta-on-inlined-result": .doesNotApply(noTasks),
            ]),
        .init(
            "tasks-request-state-removal", .server, .byExtension,
            [
                "tasks-request-state-bootstrap": .doesNotApply(noTasks),
                "tasks-request-state-removal-setup": .doesNotApply(noTasks),
                "tasks-create-result-no-request-state": .doesNotApply(noTasks),
                "tasks-get-detailed-no-request-state": .doesNotApply(noTasks),
            ]),
        .init(
            "tasks-mrtr-input", .server, .byExtension,
            [
                "tasks-mrtr-input-bootstrap": .doesNotApply(noTasks),
                "sep-2663-tasks-get-status-input-required": .doesNotApply(noTasks),
                "tasks-mrtr-tasks-update-resumes": .doesNotApply(noTasks),
                "tasks-mrtr-partial-fulfillment": .doesNotApply(noTasks),
            ]),
        .init(
            "tasks-request-headers", .server, .byExtension,
            [
                "tasks-headers-bootstrap": .doesNotApply(noTasks),
                "tasks-headers-tolerate-mcp-method-on-tools-call": .doesNotApply(noTasks),
                "sep-2663-routing-headers-accepted-on-tasks-get": .doesNotApply(noTasks),
                "tasks-headers-reject-mismatched-method": .doesNotApply(noTasks),
                "sep-2663-server-rejects-mismatched-mcp-name-on-tasks-get": .doesNotApply(noTasks),
            ]),
        .init(
            "tasks-dispatch-and-envelope", .server, .byExtension,
            [
                "tasks-dispatch-bootstrap": .doesNotApply(noTasks),
                "sep-2663-tasks-result-removed-method-not-found": .doesNotApply(noTasks),
                "tasks-removed-tasks-list": .doesNotApply(noTasks),
                "tasks-server-directed-creation-no-hint": .doesNotApply(noTasks),
                "sep-2663-legacy-task-param-ignored": .doesNotApply(noTasks),
                "tasks-immediate-result-shortcut": .doesNotApply(noTasks),
                "tasks-result-type-complete-on-non-task-responses": .doesNotApply(noTasks),
                "sep-2663-durable-create-strong-consistency": .doesNotApply(noTasks),
                "sep-2663-tasks-get-invalid-task-id-32602": .doesNotApply(noTasks),
            ]),
        .init(
            "tasks-status-notifications", .server, .byExtension,
            [
                "tasks-status-notifications": .doesNotApply(noTasks)
            ]),
        .init(
            "tasks-required-task-error", .server, .byExtension,
            [
                "tasks-required-error-bootstrap": .doesNotApply(noTasks),
                "sep-2663-server-returns-missing-capability-when-required": .doesNotApply(noTasks),
                "sep-2663-server-returns-missing-capability-data-shape": .doesNotApply(noTasks),
            ]),
        .init(
            "tasks-mrtr-composition", .server, .byExtension,
            [
                "sep-2663-mrtr-synchronous-before-task-creation": .doesNotApply(noTasks)
            ]),
        .init(
            "no scenario yet", .server, .byExtension,
            [
                "sep-2663-no-task-result-type-on-others": .doesNotApply(noTasks),
                "sep-2663-failed-status-jsonrpc-only": .doesNotApply(noTasks),
                "sep-2663-tasks-get-status-cancelled": .doesNotApply(noTasks),
                "sep-2663-result-type-complete-on-tasks-get": .doesNotApply(noTasks),
                "sep-2663-input-request-key-unique-per-task": .doesNotApply(noTasks),
                "sep-2663-no-key-reuse-after-response": .doesNotApply(noTasks),
                "sep-2663-update-ack-empty-result": .doesNotApply(noTasks),
                "sep-2663-update-error-unknown-task-id": .doesNotApply(noTasks),
                "sep-2663-update-ignore-unknown-keys": .doesNotApply(noTasks),
                "sep-2663-result-type-complete-on-tasks-update": .doesNotApply(noTasks),
                "sep-2663-cancel-not-via-cancelled-notification": .doesNotApply(noTasks),
                "sep-2663-cancel-error-unknown-task-id": .doesNotApply(noTasks),
                "sep-2663-result-type-complete-on-tasks-cancel": .doesNotApply(noTasks),
                "sep-2663-subscribe-missing-capability-non-declaring": .doesNotApply(noTasks),
                "sep-2663-no-progress-or-message-on-task-stream": .doesNotApply(noTasks),
                "sep-2663-tasks-update-cancel-invalid-task-id-32602": .doesNotApply(noTasks),
                "sep-2663-failed-includes-statusmessage": .doesNotApply(noTasks),
                "sep-2663-migrate-from-legacy-capabilities": .doesNotApply(noTasks),
                "sep-2663-legacy-capability-treated-as-non-declaring": .doesNotApply(noTasks),
            ]),
        .init(
            "no scenario yet", .client, .byExtension,
            [
                "sep-2663-client-handles-polymorphic-result": .doesNotApply(noTasks),
                "sep-2663-client-emits-mcp-name-on-tasks-methods": .doesNotApply(noTasks),
            ]),
    ]
}
