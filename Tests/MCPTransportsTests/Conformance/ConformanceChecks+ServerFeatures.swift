/// Servers of 2025-11-25 and later: forms, streams, schemas, and the shape of all messages.
extension ConformanceChecks {
    static let serverFeatures: [ConformanceScenario] = [
        .init(
            "elicitation-sep1034-defaults", .server, .until2026(from: .v20251125),
            [
                "elicitation-sep1034-string-default": .holds(
                    "elicitation-sep1034-string-default: a text may have a default"),
                "elicitation-sep1034-integer-default": .holds(
                    "elicitation-sep1034-integer-default: a whole number may have a default"),
                "elicitation-sep1034-number-default": .holds(
                    "elicitation-sep1034-number-default: a number may have a default"),
                "elicitation-sep1034-enum-default": .holds(
                    "elicitation-sep1034-enum-default: a choice may have one of its values as default"),
                "elicitation-sep1034-boolean-default": .holds(
                    "elicitation-sep1034-boolean-default: a truth value may have a default"),
                "elicitation-sep1034-general": .holds("elicitation-sep1034-string-default: a text may have a default"),
            ]),
        .init(
            "elicitation-sep1330-enums", .server, .until2026(from: .v20251125),
            [
                "elicitation-sep1330-untitled-single": .holds(
                    "elicitation-sep1330-untitled-single: one of several values, by enum"),
                "elicitation-sep1330-titled-single": .holds(
                    "elicitation-sep1330-titled-single: one of several titled values, by oneOf"),
                "elicitation-sep1330-legacy-enumnames": .holds(
                    "elicitation-sep1330-legacy-enumnames: titles in the old way, as many as values"),
                "elicitation-sep1330-untitled-multi": .holds(
                    "elicitation-sep1330-untitled-multi: some of several values, by items with enum"),
                "elicitation-sep1330-titled-multi": .holds(
                    "elicitation-sep1330-titled-multi: some of several titled values, by items with anyOf"),
                "elicitation-sep1330-general": .holds(
                    "elicitation-sep1330-untitled-single: one of several values, by enum"),
            ]),
        .init(
            "server-sse-polling", .server, .until2026(from: .v20251125),
            [
                "server-sse-priming-event": .holds(
                    "server-sse-priming-event: a stream begins with an event that has an id and empty data"),
                "server-sse-retry-field": .holds(
                    "server-sse-retry-field: a stream that ends early says when to come back"),
                "server-sse-disconnect-resume": .holds(
                    "server-sse-disconnect-resume: GET with the last event id brings the answer"),
                "server-sse-polling-session": .holds(
                    "server-sse-priming-event: a stream begins with an event that has an id and empty data"),
                "server-sse-test-reconnection-tool": .holds(
                    "server-sse-priming-event: a stream begins with an event that has an id and empty data"),
                "server-sse-post-request": .holds(
                    "server-sse-priming-event: a stream begins with an event that has an id and empty data"),
                "server-sse-content-type": .holds(
                    "server-sse-priming-event: a stream begins with an event that has an id and empty data"),
                "server-sse-polling-stream": .holds(
                    "server-sse-priming-event: a stream begins with an event that has an id and empty data"),
                "server-sse-polling-error": .holds(
                    "server-sse-disconnect-resume: GET with the last event id brings the answer"),
                "incoming-sse-event": .holds(
                    "server-sse-disconnect-resume: GET with the last event id brings the answer"),
                "outgoing-request": .doesNotApply(note),
                "incoming-response": .doesNotApply(note),
                "stream-closed": .doesNotApply(note),
            ]),
        .init(
            "server-sse-multiple-streams", .server, .since(.v20251125),
            [
                "server-accepts-multiple-post-streams": .holds(
                    "server-accepts-multiple-post-streams: three requests at a time are all answered"),
                "server-sse-streams-functional": .holds(
                    "server-sse-streams-functional: each of three streams at a time carries its own answer"),
                "server-sse-multiple-streams-session": .holds(
                    "server-accepts-multiple-post-streams: three requests at a time are all answered"),
                "server-sse-multiple-streams-error": .holds(
                    "server-accepts-multiple-post-streams: three requests at a time are all answered"),
            ]),
        .init(
            "json-schema-2020-12", .server, .since(.v20251125),
            [
                "json-schema-2020-12-tool-found": .holds(
                    "json-schema-2020-12-tool-found: the tool with the elaborate schema is listed"),
                "json-schema-2020-12-$schema": .holds("json-schema-2020-12-$schema: the schema names its dialect"),
                "json-schema-2020-12-$defs": .holds("json-schema-2020-12-$defs: definitions are kept"),
                "json-schema-2020-12-additionalProperties": .holds(
                    "json-schema-2020-12-additionalProperties: false stays false"),
                "sep-2106-composition-keywords-preserved": .holds(
                    "sep-2106-composition-keywords-preserved: allOf with anyOf in it is kept"),
                "sep-2106-conditional-keywords-preserved": .holds(
                    "sep-2106-conditional-keywords-preserved: if, then and else are kept"),
                "sep-2106-anchor-keyword-preserved": .holds(
                    "sep-2106-anchor-keyword-preserved: an anchor among the definitions is kept"),
                "json-schema-2020-12-error": .holds(
                    "json-schema-2020-12-tool-found: the tool with the elaborate schema is listed"),
            ]),
        .init(
            "every scenario", .server, .since(.v20250326),
            [
                "wire-schema-valid": .holds(
                    "wire-schema-valid: what a server says has the shape that the revision wants"),
                "wire-schema-harness-error": .doesNotApply("Tells of messages that the suite itself sent wrongly."),
            ]),
    ]
}
