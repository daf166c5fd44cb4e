/// Servers of 2026-07-28.
extension ConformanceChecks {
    static let statelessServers: [ConformanceScenario] = [
        .init(
            "server-stateless", .server, .since(.v20260728),
            [
                "sep-2575-http-server-method-not-found-404-initialize": .holds(
                    "sep-2575-http-server-method-not-found-404-initialize: there is no handshake any more"),
                "sep-2575-http-server-method-not-found-404-ping": .holds(
                    "sep-2575-http-server-method-not-found-404-ping: there is no ping any more"),
                "sep-2575-http-server-method-not-found-404-logging-setlevel": .holds(
                    "sep-2575-http-server-method-not-found-404-logging-setlevel: no log level outlives a request"),
                "sep-2575-http-server-method-not-found-404-resources-subscribe": .holds(
                    "sep-2575-http-server-method-not-found-404-resources-subscribe: subscriptions are streams now"),
                "sep-2575-http-server-method-not-found-404-resources-unsubscribe": .holds(
                    "sep-2575-http-server-method-not-found-404-resources-unsubscribe: closing the stream ends it"),
                "sep-2575-http-server-method-not-found-404": .holds(
                    "sep-2575-http-server-method-not-found-404: a method that nobody knows is not found"),
                "sep-2575-http-server-error-jsonrpc-id": .holds(
                    "sep-2575-http-server-error-jsonrpc-id: an error carries the id of its request, whatever its type"),
                "sep-2575-http-server-no-independent-requests-on-stream": .holds(
                    "sep-2575-http-server-no-independent-requests-on-stream: a question travels in the result"),
                "sep-2575-server-no-log-without-loglevel": .holds(
                    "sep-2575-server-no-log-without-loglevel: a request without a log level gets no log messages"),
                "sep-2575-request-meta-invalid-missing-meta": .holds(
                    "sep-2575-request-meta-invalid-missing-meta: a request without _meta has invalid params"),
                "sep-2575-request-meta-invalid-missing-protocol-version": .holds(
                    "sep-2575-request-meta-invalid-missing-protocol-version: _meta must name the revision"),
                "sep-2575-request-meta-invalid-missing-client-capabilities": .holds(
                    "sep-2575-request-meta-invalid-missing-client-capabilities: _meta must name the capabilities"),
                "sep-2575-http-server-meta-invalid-400": .holds(
                    "sep-2575-http-server-meta-invalid-400: what _meta lacks is a bad request"),
                "sep-2575-request-meta-client-info-optional": .holds(
                    "sep-2575-request-meta-client-info-optional: a client need not name itself"),
                "sep-2575-server-implements-discover": .holds(
                    "sep-2575-server-implements-discover: discover tells revisions and capabilities"),
                "sep-2575-server-identifies-in-result-meta": .holds(
                    "sep-2575-server-identifies-in-result-meta: results name the server in their _meta"),
                "sep-2575-server-declares-prompts-in-discover": .holds(
                    "sep-2575-server-declares-prompts-in-discover: a server with prompts says so"),
                "sep-2575-discover-capabilities-match-handlers": .holds(
                    "sep-2575-discover-capabilities-match-handlers: what is declared is served, what is not is unknown"),
                "sep-2575-server-unsupported-version-error": .holds(
                    "sep-2575-server-unsupported-version-error: the error lists the revisions and repeats the wanted one"
                ),
                "sep-2575-http-server-unsupported-version-400": .holds(
                    "sep-2575-http-server-unsupported-version-400: a revision that is not spoken is a bad request"),
                "sep-2575-http-server-header-mismatch-400": .holds(
                    "sep-2575-http-server-header-mismatch-400: header field and _meta must name the same revision"),
                "sep-2575-server-rejects-undeclared-capability": .holds(
                    "sep-2575-server-rejects-undeclared-capability: the error names what the client did not declare"),
                "sep-2575-missing-capability-http-400": .holds(
                    "sep-2575-missing-capability-http-400: what the client did not declare is a bad request"),
                "sep-2575-server-sends-subscription-ack": .holds(
                    "sep-2575-server-sends-subscription-ack: the first message says what was subscribed to"),
                "sep-2575-server-tags-subscription-id": .holds(
                    "sep-2575-server-tags-subscription-id: every notification names the request it belongs to"),
                "sep-2575-server-honors-notification-filter": .holds(
                    "sep-2575-server-honors-notification-filter: what was not asked for does not come"),
                "sep-2575-server-sends-prompts-list-changed-on-subscription": .holds(
                    "sep-2575-server-sends-prompts-list-changed-on-subscription: another list of prompts is announced"),
                "sep-2575-server-sends-tools-list-changed-on-subscription": .holds(
                    "sep-2575-server-sends-tools-list-changed-on-subscription: another list of tools is announced"),
            ]),
        .init(
            "caching", .server, .since(.v20260728),
            [
                "sep-2549-tools-list-caching-hints": .holds(
                    "sep-2549-tools-list-caching-hints: the list of tools says how long it may be kept"),
                "sep-2549-prompts-list-caching-hints": .holds(
                    "sep-2549-prompts-list-caching-hints: the list of prompts says how long it may be kept"),
                "sep-2549-resources-list-caching-hints": .holds(
                    "sep-2549-resources-list-caching-hints: the list of resources says how long it may be kept"),
                "sep-2549-resources-templates-list-caching-hints": .holds(
                    "sep-2549-resources-templates-list-caching-hints: that of templates says how long it may be kept"),
                "sep-2549-resources-read-caching-hints": .holds(
                    "sep-2549-resources-read-caching-hints: contents say how long they may be kept"),
                "sep-2549-ttl-non-negative": .holds(
                    "sep-2549-ttl-non-negative: the time is a whole number of milliseconds, never negative"),
                "sep-2549-cache-scope-valid": .holds("sep-2549-cache-scope-valid: the scope is public or private"),
                "sep-2549-caching-connection": .holds(
                    "sep-2549-tools-list-caching-hints: the list of tools says how long it may be kept"),
            ]),
        .init(
            "sep-2164-resource-not-found", .server, .since(.v20260728),
            [
                "sep-2164-no-empty-contents": .holds(
                    "sep-2164-no-empty-contents: a resource that is not there has no result"),
                "sep-2164-error-code": .holds(
                    "sep-2164-error-code: a resource that is not there is an invalid parameter"),
                "sep-2164-data-uri": .holds("sep-2164-data-uri: the error says which resource it is about"),
            ]),
        .init(
            "http-header-validation", .server, .since(.v20260728),
            [
                "sep-2243-server-reject-invalid-headers": .holds(
                    "sep-2243-server-reject-invalid-headers: a field that is missing or differs is a bad request"),
                "sep-2243-server-reject-error-code": .holds(
                    "sep-2243-server-reject-error-code: the error of a field that differs has its own code"),
                "sep-2243-server-accepts-whitespace-header-value": .holds(
                    "sep-2243-server-accepts-whitespace-header-value: blanks around a value are none of it"),
                "sep-2243-header-name-case-insensitive": .holds(
                    "sep-2243-header-name-case-insensitive: the case of a field's name means nothing"),
                "sep-2243-server-standard-setup": .holds(
                    "sep-2243-header-name-case-insensitive: the case of a field's name means nothing"),
            ]),
        .init(
            "http-custom-header-server-validation", .server, .since(.v20260728),
            [
                "sep-2243-server-decode-base64": .holds("sep-2243-server-decode-base64: an encoded value is read"),
                "sep-2243-server-reject-invalid-param-chars": .holds(
                    "sep-2243-server-reject-invalid-param-chars: bad padding and foreign characters are refused"),
                "sep-2243-server-validate-param-match": .holds(
                    "sep-2243-server-validate-param-match: what only half looks encoded stands for itself"),
                "sep-2243-server-reject-param-mismatch": .holds(
                    "sep-2243-server-reject-param-mismatch: every such refusal has its own code"),
                "sep-2243-server-custom-setup": .holds("sep-2243-server-decode-base64: an encoded value is read"),
                "sep-2243-server-no-xmcp-tool": .holds("sep-2243-server-decode-base64: an encoded value is read"),
                "sep-2243-server-no-string-param": .holds("sep-2243-server-decode-base64: an encoded value is read"),
            ]),
        .init(
            "no scenario yet", .server, .since(.v20260728),
            [
                "sep-2243-server-not-expect-null": .holds(
                    "sep-2243-server-not-expect-null: an argument that is null has no field"),
                "sep-2243-server-reject-missing-required": .holds(
                    "sep-2243-server-reject-missing-required: a required argument that is left out is an error"),
            ]),
    ]
}
