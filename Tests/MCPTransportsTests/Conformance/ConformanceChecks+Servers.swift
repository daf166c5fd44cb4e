/// Servers, whatever the revision.
extension ConformanceChecks {
    static let servers: [ConformanceScenario] = [
        .init(
            "server-initialize", .server, .until2026(from: .v20250618),
            [
                "server-initialize": .holds("server-initialize: the handshake names revision, capabilities and server"),
                "server-session-id-visible-ascii": .holds(
                    "server-session-id-visible-ascii: the session id has characters from 0x21 to 0x7E"),
            ]),
        .init(
            "server-session-lifecycle", .server, .until2026(from: .v20250326),
            [
                "server-session-initialized-accepted": .holds(
                    "server-session-initialized-accepted: the initialized notification is accepted on the new session"),
                "server-session-delete-accepted": .holds("server-session-delete-accepted: DELETE ends the session"),
                "server-session-terminated-returns-404": .holds(
                    "server-session-terminated-returns-404: a request of an ended session is not found"),
                "server-session-lifecycle-error": .holds(
                    "server-session-initialized-accepted: the initialized notification is accepted on the new session"),
                "server-session-lifecycle-skipped": .doesNotApply(
                    "Told of servers without sessions; this one has them."),
            ]),
        .init(
            "ping", .server, .until2026(from: .v20250618),
            [
                "ping": .holds("ping: the answer is an empty object")
            ]),
        .init(
            "logging-set-level", .server, .until2026(from: .v20250618),
            [
                "logging-set-level": .holds("logging-set-level: the answer is an empty object")
            ]),
        .init(
            "completion-complete", .server, .since(.v20250618),
            [
                "completion-complete": .holds(
                    "completion-complete: an argument of a prompt is completed with a list of values")
            ]),
        .init(
            "tools-list", .server, .since(.v20250618),
            [
                "tools-list": .holds("tools-list: every tool has a name, a description and an input schema"),
                "tools-name-format": .holds(
                    "tools-name-format: the names have 1 to 64 of the characters that are allowed"),
            ]),
        .init(
            "tools-call-simple-text", .server, .since(.v20250618),
            [
                "tools-call-simple-text": .holds(
                    "tools-call-simple-text: a tool may be called without arguments and answers with a text")
            ]),
        .init(
            "tools-call-image", .server, .since(.v20250618),
            [
                "tools-call-image": .holds("tools-call-image: an image has data and a media type")
            ]),
        .init(
            "tools-call-audio", .server, .since(.v20250618),
            [
                "tools-call-audio": .holds("tools-call-audio: sound has data and the media type audio/wav")
            ]),
        .init(
            "tools-call-embedded-resource", .server, .since(.v20250618),
            [
                "tools-call-embedded-resource": .holds(
                    "tools-call-embedded-resource: an embedded resource has a URI, a media type and a text")
            ]),
        .init(
            "tools-call-mixed-content", .server, .since(.v20250618),
            [
                "tools-call-mixed-content": .holds(
                    "tools-call-mixed-content: one answer may hold a text, an image and a resource")
            ]),
        .init(
            "tools-call-error", .server, .since(.v20250618),
            [
                "tools-call-error": .holds("tools-call-error: a tool that fails answers with isError and says why")
            ]),
        .init(
            "tools-call-with-progress", .server, .since(.v20250618),
            [
                "tools-call-with-progress": .holds(
                    "tools-call-with-progress: three notifications with the token of the call, growing")
            ]),
        .init(
            "tools-call-with-logging", .server, .until2026(from: .v20250618),
            [
                "tools-call-with-logging": .holds("tools-call-with-logging: log messages arrive before the answer")
            ]),
        .init(
            "tools-call-sampling", .server, .until2026(from: .v20250618),
            [
                "tools-call-sampling": .holds(
                    "tools-call-sampling: a tool has the client's model speak and answers with it")
            ]),
        .init(
            "tools-call-elicitation", .server, .until2026(from: .v20250618),
            [
                "tools-call-elicitation": .holds(
                    "tools-call-elicitation: a tool asks the user and answers with what they gave")
            ]),
        .init(
            "resources-list", .server, .since(.v20250618),
            [
                "resources-list": .holds("resources-list: every resource has a URI and a name")
            ]),
        .init(
            "resources-read-text", .server, .since(.v20250618),
            [
                "resources-read-text": .holds("resources-read-text: contents have a URI, a media type and a text")
            ]),
        .init(
            "resources-read-binary", .server, .since(.v20250618),
            [
                "resources-read-binary": .holds("resources-read-binary: contents have a URI, a media type and a blob")
            ]),
        .init(
            "resources-templates-read", .server, .since(.v20250618),
            [
                "resources-templates-read": .holds(
                    "resources-templates-read: a URI of a template fills the template's variable")
            ]),
        .init(
            "resources-subscribe", .server, .until2026(from: .v20250618),
            [
                "resources-subscribe": .holds(
                    "resources-subscribe: a subscription is answered with an empty object and brings updates")
            ]),
        .init(
            "resources-unsubscribe", .server, .until2026(from: .v20250618),
            [
                "resources-unsubscribe": .holds(
                    "resources-unsubscribe: the end of a subscription is answered with an empty object and ends updates"
                )
            ]),
        .init(
            "prompts-list", .server, .since(.v20250618),
            [
                "prompts-list": .holds("prompts-list: every prompt has a name and a description")
            ]),
        .init(
            "prompts-get-simple", .server, .since(.v20250618),
            [
                "prompts-get-simple": .holds(
                    "prompts-get-simple: a prompt without arguments has messages with role and content")
            ]),
        .init(
            "prompts-get-with-args", .server, .since(.v20250618),
            [
                "prompts-get-with-args": .holds("prompts-get-with-args: arguments are put into the prompt")
            ]),
        .init(
            "prompts-get-embedded-resource", .server, .since(.v20250618),
            [
                "prompts-get-embedded-resource": .holds(
                    "prompts-get-embedded-resource: a prompt may embed the resource it was asked for")
            ]),
        .init(
            "prompts-get-with-image", .server, .since(.v20250618),
            [
                "prompts-get-with-image": .holds("prompts-get-with-image: a prompt may hold an image")
            ]),
        .init(
            "dns-rebinding-protection", .server, .since(.v20251125),
            [
                "localhost-host-rebinding-rejected": .holds(
                    "localhost-host-rebinding-rejected: a foreign Host with its Origin is refused with a 4xx"),
                "localhost-host-valid-accepted": .holds(
                    "localhost-host-valid-accepted: a loopback Host with its Origin is let in"),
            ]),
    ]
}
