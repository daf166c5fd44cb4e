/// Authorization. The client sends the token that it is given; finding authorization servers, registering with them and getting
/// tokens from them is the business of whoever uses it.
extension ConformanceChecks {
    static let authorization: [ConformanceScenario] = [
        .init(
            "every auth scenario", .client, .since(.v20250618),
            [
                "valid-bearer-token": .holds(
                    "valid-bearer-token: every request carries the token, the DELETE at the end too"),
                "invalid-bearer-token": .holds("invalid-bearer-token: no other token is ever sent"),
                "prm-pathbased-requested": .doesNotApply(tokensAreGiven),
                "authorization-server-metadata": .doesNotApply(tokensAreGiven),
                "client-registration": .doesNotApply(tokensAreGiven),
                "sep-837-application-type-present": .doesNotApply(tokensAreGiven),
                "authorization-request": .doesNotApply(tokensAreGiven),
                "pkce-code-challenge-sent": .doesNotApply(tokensAreGiven),
                "pkce-s256-method-used": .doesNotApply(tokensAreGiven),
                "pkce-code-verifier-sent": .doesNotApply(tokensAreGiven),
                "pkce-verifier-matches-challenge": .doesNotApply(tokensAreGiven),
                "token-request": .doesNotApply(tokensAreGiven),
                "incoming-auth-request": .doesNotApply(note),
                "outgoing-auth-response": .doesNotApply(note),
            ]),
        .init(
            "auth/metadata-default, -var1, -var2, -var3", .client, .since(.v20251125),
            [
                "prm-priority-order": .doesNotApply(tokensAreGiven),
                "authorization-server-metadata-wrong-path": .doesNotApply(tokensAreGiven),
            ]),
        .init(
            "auth/basic-cimd", .client, .since(.v20251125),
            [
                "cimd-client-id-used": .doesNotApply(tokensAreGiven)
            ]),
        .init(
            "auth/scope-…", .client, .since(.v20251125),
            [
                "scope-from-www-authenticate": .doesNotApply(tokensAreGiven),
                "scope-from-scopes-supported": .doesNotApply(tokensAreGiven),
                "scope-omitted-when-undefined": .doesNotApply(tokensAreGiven),
                "scope-step-up-initial": .doesNotApply(tokensAreGiven),
                "scope-step-up-escalation": .doesNotApply(tokensAreGiven),
                "sep-2350-scope-union-on-reauth": .doesNotApply(tokensAreGiven),
                "scope-retry-auth-attempt": .doesNotApply(tokensAreGiven),
                "scope-retry-limit": .doesNotApply(tokensAreGiven),
            ]),
        .init(
            "auth/token-endpoint-auth-basic, -post, -none", .client, .since(.v20250618),
            [
                "token-endpoint-auth-method": .doesNotApply(tokensAreGiven),
                "resource-parameter-in-authorization": .doesNotApply(tokensAreGiven),
                "resource-parameter-in-token": .doesNotApply(tokensAreGiven),
                "resource-parameter-valid-uri": .doesNotApply(tokensAreGiven),
                "resource-parameter-consistency": .doesNotApply(tokensAreGiven),
            ]),
        .init(
            "auth/pre-registration", .client, .since(.v20251125),
            [
                "pre-registration-auth": .doesNotApply(tokensAreGiven)
            ]),
        .init(
            "auth/resource-mismatch", .client, .since(.v20260728),
            [
                "resource-mismatch-rejected": .doesNotApply(tokensAreGiven)
            ]),
        .init(
            "auth/offline-access-…", .client, .since(.v20260728),
            [
                "sep-2207-client-metadata-grant-types": .doesNotApply(tokensAreGiven),
                "sep-2207-offline-access-requested": .doesNotApply(tokensAreGiven),
                "sep-2207-offline-access-not-requested": .doesNotApply(tokensAreGiven),
            ]),
        .init(
            "auth/authorization-server-migration", .client, .since(.v20260728),
            [
                "sep-2352-reregister-on-as-change": .doesNotApply(tokensAreGiven),
                "sep-2352-no-reuse-on-as-change": .doesNotApply(tokensAreGiven),
                "sep-2352-no-cross-as-credential-reuse": .doesNotApply(tokensAreGiven),
            ]),
        .init(
            "auth/iss-…, auth/metadata-issuer-mismatch", .client, .since(.v20260728),
            [
                "sep-2468-client-compare-iss-supported": .doesNotApply(tokensAreGiven),
                "sep-2468-client-proceed-no-iss": .doesNotApply(tokensAreGiven),
                "sep-2468-client-reject-missing-iss": .doesNotApply(tokensAreGiven),
                "sep-2468-client-compare-iss-unadvertised": .doesNotApply(tokensAreGiven),
                "sep-2468-client-no-normalization": .doesNotApply(tokensAreGiven),
                "sep-2468-client-validate-metadata-issuer": .doesNotApply(tokensAreGiven),
            ]),
        .init(
            "auth/client-credentials-jwt, -basic", .client, .byExtension,
            [
                "client-credentials-grant-type": .doesNotApply(tokensAreGiven),
                "client-credentials-assertion-type": .doesNotApply(tokensAreGiven),
                "client-credentials-jwt-iss": .doesNotApply(tokensAreGiven),
                "client-credentials-jwt-sub": .doesNotApply(tokensAreGiven),
                "client-credentials-jwt-verified": .doesNotApply(tokensAreGiven),
                "client-credentials-basic-auth": .doesNotApply(tokensAreGiven),
            ]),
        .init(
            "auth/enterprise-managed-authorization", .client, .byExtension,
            [
                "complete-flow-token-exchange": .doesNotApply(tokensAreGiven),
                "complete-flow-jwt-bearer": .doesNotApply(tokensAreGiven),
            ]),
        .init(
            "auth/dpop, auth/dpop-nonce", .client, .byExtension,
            [
                "sep-1932-client-dpop-auth-scheme": .doesNotApply(tokensAreGiven),
                "sep-1932-client-fresh-proof": .doesNotApply(tokensAreGiven),
                "sep-1932-client-token-request-proof": .doesNotApply(tokensAreGiven),
                "sep-1932-client-as-nonce": .doesNotApply(tokensAreGiven),
                "sep-1932-client-rs-nonce": .doesNotApply(tokensAreGiven),
            ]),
        .init(
            "auth/wif-jwt-bearer", .client, .byExtension,
            [
                "wif-grant-fallback": .doesNotApply(tokensAreGiven),
                "wif-no-retry": .doesNotApply(tokensAreGiven),
                "wif-grant-type": .doesNotApply(tokensAreGiven),
                "wif-assertion-missing": .doesNotApply(tokensAreGiven),
                "wif-assertion-verified": .doesNotApply(tokensAreGiven),
                "wif-assertion-expired": .doesNotApply(tokensAreGiven),
                "wif-assertion-audience": .doesNotApply(tokensAreGiven),
                "wif-assertion-malformed": .doesNotApply(tokensAreGiven),
            ]),
        .init(
            "no scenario yet", .server, .byExtension,
            [
                "sep-1932-server-validate-proof": .doesNotApply(tokensAreChecked),
                "sep-1932-server-iat-window": .doesNotApply(tokensAreChecked),
                "sep-1932-server-reject-401": .doesNotApply(tokensAreChecked),
                "sep-1932-server-nonce": .doesNotApply(tokensAreChecked),
                "sep-1932-server-audience-validation": .doesNotApply(tokensAreChecked),
                "sep-1932-asymmetric-alg-only": .doesNotApply(tokensAreChecked),
            ]),
        .init(
            "authorization-server-metadata-endpoint", .authorizationServer, .since(.v20250326),
            [
                "authorization-server-metadata": .doesNotApply(noAuthorizationServer),
                "authorization-server-metadata-cimd": .doesNotApply(noAuthorizationServer),
            ]),
        .init(
            "authorization-code-grant", .authorizationServer, .since(.v20250326),
            [
                "authorization-code-grant": .doesNotApply(noAuthorizationServer)
            ]),
        .init(
            "no scenario yet", .authorizationServer, .byExtension,
            [
                "sep-1932-as-metadata-alg-values": .doesNotApply(noAuthorizationServer),
                "sep-1932-as-no-none-alg": .doesNotApply(noAuthorizationServer),
                "sep-1932-as-dpop-bound-enforcement": .doesNotApply(noAuthorizationServer),
                "sep-1932-as-token-binding": .doesNotApply(noAuthorizationServer),
            ]),
    ]
}
