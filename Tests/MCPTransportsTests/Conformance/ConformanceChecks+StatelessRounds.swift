/// Servers of 2026-07-28 that ask before they answer.
extension ConformanceChecks {
    static let statelessRounds: [ConformanceScenario] = [
        .init(
            "input-required-result-basic-elicitation", .server, .since(.v20260728),
            [
                "sep-2322-elicitation-incomplete": .holds(
                    "sep-2322-elicitation-incomplete: a question to the user is a result that names it"),
                "sep-2322-elicitation-complete": .holds(
                    "sep-2322-elicitation-complete: what the user said completes the call"),
            ]),
        .init(
            "input-required-result-basic-sampling", .server, .since(.v20260728),
            [
                "sep-2322-sampling-incomplete": .holds(
                    "sep-2322-sampling-incomplete: a question to the model is a result"),
                "sep-2322-sampling-complete": .holds(
                    "sep-2322-sampling-complete: what the model said completes the call"),
            ]),
        .init(
            "input-required-result-basic-list-roots", .server, .since(.v20260728),
            [
                "sep-2322-list-roots-incomplete": .holds(
                    "sep-2322-list-roots-incomplete: a question for roots is a result"),
                "sep-2322-list-roots-complete": .holds("sep-2322-list-roots-complete: the roots complete the call"),
            ]),
        .init(
            "input-required-result-request-state", .server, .since(.v20260728),
            [
                "sep-2322-request-state-incomplete": .holds(
                    "sep-2322-request-state-incomplete: a round ends with questions and a state to come back with"),
                "sep-2322-request-state-complete": .holds(
                    "sep-2322-request-state-complete: who comes back with the state gets the answer"),
            ]),
        .init(
            "input-required-result-multiple-input-requests", .server, .since(.v20260728),
            [
                "sep-2322-multiple-inputs-incomplete": .holds(
                    "sep-2322-multiple-inputs-incomplete: one round may ask the user, the model and for roots"),
                "sep-2322-multiple-inputs-complete": .holds(
                    "sep-2322-multiple-inputs-complete: all answers together complete the call"),
            ]),
        .init(
            "input-required-result-multi-round", .server, .since(.v20260728),
            [
                "sep-2322-multi-round-r1": .holds("sep-2322-multi-round-r1: the first round asks"),
                "sep-2322-multi-round-r2": .holds(
                    "sep-2322-multi-round-r2: the second round asks something else with another state"),
                "sep-2322-multi-round-r3": .holds("sep-2322-multi-round-r3: the third round answers"),
            ]),
        .init(
            "input-required-result-missing-input-response", .server, .since(.v20260728),
            [
                "sep-2322-missing-response-rerequests": .holds(
                    "sep-2322-missing-response-rerequests: an answer that nobody wanted leads to the question again")
            ]),
        .init(
            "input-required-result-non-tool-request", .server, .since(.v20260728),
            [
                "sep-2322-non-tool-incomplete": .holds("sep-2322-non-tool-incomplete: a prompt may ask too"),
                "sep-2322-non-tool-complete": .holds("sep-2322-non-tool-complete: the answer completes the prompt"),
            ]),
        .init(
            "input-required-result-result-type", .server, .since(.v20260728),
            [
                "sep-2322-result-type-included": .holds(
                    "sep-2322-result-type-included: a round that asks says what kind of result it is")
            ]),
        .init(
            "input-required-result-unsupported-methods", .server, .since(.v20260728),
            [
                "sep-2322-not-on-unsupported-requests": .holds("sep-2322-not-on-unsupported-requests: lists never ask")
            ]),
        .init(
            "input-required-result-tampered-state", .server, .since(.v20260728),
            [
                "sep-2322-reject-tampered-state": .holds(
                    "sep-2322-reject-tampered-state: a state that was changed is refused")
            ]),
        .init(
            "input-required-result-capability-check", .server, .since(.v20260728),
            [
                "sep-2322-respect-client-capabilities": .holds(
                    "sep-2322-respect-client-capabilities: only what the client declares is asked for")
            ]),
        .init(
            "input-required-result-ignore-extra-params", .server, .since(.v20260728),
            [
                "sep-2322-ignore-unexpected-params": .holds(
                    "sep-2322-ignore-unexpected-params: unknown answers beside the wanted one do no harm")
            ]),
        .init(
            "input-required-result-validate-input", .server, .since(.v20260728),
            [
                "sep-2322-validate-input-responses": .holds(
                    "sep-2322-validate-input-responses: what is no answer is not taken for one"),
                "sep-2322-error-on-protocol-error": .holds(
                    "sep-2322-error-on-protocol-error: answers that are no object are not taken"),
            ]),
    ]
}
