/// Clients, authorization aside.
extension ConformanceChecks {
    static let clients: [ConformanceScenario] = [
        .init(
            "initialize", .client, .until2026(from: .v20250618),
            [
                "mcp-client-initialization": .holds(
                    "mcp-client-initialization: initialize offers a known revision and names the client"),
                "server-info": .doesNotApply(note),
            ]),
        .init(
            "tools_call", .client, .since(.v20250618),
            [
                "tool-add-numbers": .holds("tool-add-numbers: numbers reach a tool as numbers in a session")
            ]),
        .init(
            "elicitation-sep1034-client-defaults", .client, .until2026(from: .v20251125),
            [
                "client-elicitation-sep1034-string-default": .holds(
                    "client-elicitation-sep1034-string-default: a text that is left out has its default"),
                "client-elicitation-sep1034-integer-default": .holds(
                    "client-elicitation-sep1034-integer-default: a whole number that is left out has its default"),
                "client-elicitation-sep1034-number-default": .holds(
                    "client-elicitation-sep1034-number-default: a number that is left out has its default"),
                "client-elicitation-sep1034-enum-default": .holds(
                    "client-elicitation-sep1034-enum-default: a choice that is left out has its default"),
                "client-elicitation-sep1034-boolean-default": .holds(
                    "client-elicitation-sep1034-boolean-default: a truth value that is left out has its default"),
                "client-elicitation-sep1034-general": .holds(
                    "client-elicitation-sep1034-string-default: a text that is left out has its default"),
            ]),
        .init(
            "sse-retry", .client, .until2026(from: .v20251125),
            [
                "client-sse-graceful-reconnect": .holds(
                    "client-sse-graceful-reconnect: a stream that ends properly without the answer is gone on with"),
                "client-sse-retry-timing": .holds(
                    "client-sse-retry-timing: the client waits as long as the server says, and not twice as long"),
                "client-sse-last-event-id": .holds(
                    "client-sse-last-event-id: the client names the last event it has seen"),
                "incoming-request": .doesNotApply(note),
                "outgoing-response": .doesNotApply(note),
                "outgoing-sse-event": .doesNotApply(note),
                "outgoing-stream-close": .doesNotApply(note),
            ]),
        .init(
            "request-metadata", .client, .since(.v20260728),
            [
                "sep-2575-http-client-sends-version-header": .holds(
                    "sep-2575-http-client-sends-version-header: every request names the revision in a field"),
                "sep-2575-client-populates-meta": .holds(
                    "sep-2575-client-populates-meta: every request names revision and capabilities in its _meta"),
                "sep-2575-client-sends-client-info": .holds(
                    "sep-2575-client-sends-client-info: every request names the client"),
                "sep-2575-http-version-header-matches-meta": .holds(
                    "sep-2575-http-version-header-matches-meta: field and _meta name the same revision"),
                "sep-2575-client-declares-roots-capability": .holds(
                    "sep-2575-client-declares-roots-capability: a client with roots says so each time"),
                "sep-2575-client-declares-sampling-capability": .holds(
                    "sep-2575-client-declares-sampling-capability: a client with a model says so each time"),
                "sep-2575-client-declares-elicitation-capability": .holds(
                    "sep-2575-client-declares-elicitation-capability: a client with a user says so each time"),
                "sep-2575-client-retry-supported-version": .holds(
                    "sep-2575-client-retry-supported-version: a refused revision is followed by one that is supported"),
            ]),
        .init(
            "sep-2322-client-request-state", .client, .since(.v20260728),
            [
                "sep-2322-client-request-state-echoed": .holds(
                    "sep-2322-client-request-state-echoed: the state comes back as it was given, byte for byte"),
                "sep-2322-client-jsonrpc-id-different": .holds(
                    "sep-2322-client-jsonrpc-id-different: the retry is a request with an id of its own"),
                "sep-2322-client-no-state-omitted": .holds(
                    "sep-2322-client-no-state-omitted: without a state the retry has none"),
                "sep-2322-client-parallel-isolation": .holds(
                    "sep-2322-client-parallel-isolation: a call between the rounds carries nothing of them"),
                "sep-2322-default-result-type-complete": .holds(
                    "sep-2322-default-result-type-complete: a result that does not say its kind is complete"),
            ]),
        .init(
            "http-standard-headers", .client, .since(.v20260728),
            [
                "sep-2243-client-includes-standard-headers": .holds(
                    "sep-2243-client-includes-standard-headers: every request names its method, and what it is about")
            ]),
        .init(
            "http-custom-headers", .client, .since(.v20260728),
            [
                "sep-2243-client-supports-custom-headers": .holds(
                    "sep-2243-client-supports-custom-headers: arguments that a schema marks travel in fields"),
                "sep-2243-client-mirrors-designated-params": .holds(
                    "sep-2243-client-mirrors-designated-params: plain texts travel as they are, others not at all"),
                "sep-2243-client-encode-values": .holds(
                    "sep-2243-client-encode-values: numbers are decimal, truth values are words"),
                "sep-2243-client-base64-unsafe": .holds(
                    "sep-2243-client-base64-unsafe: what a field cannot carry is encoded"),
                "sep-2243-client-omit-null": .holds(
                    "sep-2243-client-omit-null: an argument that is null or left out has no field"),
            ]),
        .init(
            "http-invalid-tool-headers", .client, .since(.v20260728),
            [
                "sep-2243-client-reject-invalid-tool": .holds(
                    "sep-2243-client-reject-invalid-tool: a tool that breaks the rules does not keep others away"),
                "sep-2243-x-mcp-header-not-empty": .holds(
                    "sep-2243-x-mcp-header-not-empty: an empty mark makes a tool unusable"),
                "sep-2243-x-mcp-header-charset": .holds(
                    "sep-2243-x-mcp-header-charset: so does one with blanks, colons, control or foreign characters"),
                "sep-2243-x-mcp-header-unique": .holds(
                    "sep-2243-x-mcp-header-unique: so do two that are equal but for their case"),
                "sep-2243-x-mcp-header-primitive-only": .holds(
                    "sep-2243-x-mcp-header-primitive-only: so does one at what is no text, whole number or truth value"),
                "sep-2243-invalid-tool-tools-list-gate": .holds(
                    "sep-2243-client-reject-invalid-tool: a tool that breaks the rules does not keep others away"),
            ]),
        .init(
            "json-schema-ref-no-deref", .client, .since(.v20260728),
            [
                "sep-2106-no-network-ref-deref": .holds(
                    "sep-2106-no-network-ref-deref: a reference to somewhere else is not followed")
            ]),
        .init(
            "json-schema-2020-12-preservation", .client, .since(.v20251125),
            [
                "json-schema-2020-12-client-tool-found": .holds(
                    "json-schema-2020-12-client-tool-found: the tool with the elaborate schema is found"),
                "json-schema-2020-12-client-echo-completed": .holds(
                    "json-schema-2020-12-client-echo-completed: the schema goes back whole"),
                "json-schema-2020-12-client-$schema-preserved": .holds(
                    "json-schema-2020-12-client-$schema-preserved: the name of the schema's dialect is kept"),
                "json-schema-2020-12-client-$defs-preserved": .holds(
                    "json-schema-2020-12-client-$defs-preserved: definitions are kept"),
                "json-schema-2020-12-client-additionalProperties-preserved": .holds(
                    "json-schema-2020-12-client-additionalProperties-preserved: false stays false"),
                "sep-2106-client-composition-keywords-preserved": .holds(
                    "sep-2106-client-composition-keywords-preserved: allOf and anyOf are kept"),
                "sep-2106-client-conditional-keywords-preserved": .holds(
                    "sep-2106-client-conditional-keywords-preserved: if, then and else are kept"),
                "sep-2106-client-anchor-keyword-preserved": .holds(
                    "sep-2106-client-anchor-keyword-preserved: an anchor among the definitions is kept"),
            ]),
        .init(
            "every scenario", .client, .since(.v20250326),
            [
                "wire-schema-valid": .holds(
                    "wire-schema-valid: what a client says has the shape that the revision wants"),
                "wire-schema-harness-error": .doesNotApply("Tells of messages that the suite itself sent wrongly."),
            ]),
        .init(
            "no scenario yet", .client, .since(.v20260728),
            [
                "sep-2663-client-rejects-task-result-on-unsupported": .holds(
                    "sep-2663-client-rejects-task-result-on-unsupported: a result of an unknown kind is invalid")
            ]),
    ]
}
