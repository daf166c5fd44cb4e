/// Which names say that what they name is a secret.
package enum SecretNames {
    /// Header names in lower case whose values are secrets.
    package static let headers: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "apikey",
        "x-goog-api-key", "x-amz-security-token", "x-auth-token", "x-access-token", "x-csrf-token",
    ]
    /// Names of query items, form fields and members of OAuth answers, in lower case, whose values are secrets.
    package static let items: Set<String> = [
        "access_token", "refresh_token", "id_token", "token", "auth_token", "api_key", "apikey", "api-key", "key",
        "secret", "client_secret", "password", "passwd", "pwd", "auth", "authorization", "code", "code_verifier",
        "device_code", "assertion", "client_assertion", "sig", "signature", "jwt", "bearer",
    ]
    /// Headers whose value is a URL that may carry such items.
    static let urlHeaders: Set<String> = ["location", "content-location", "referer"]

    /// A name in lower case of which nobody would say that its value may be shown.
    static func looksSecret(_ name: String) -> Bool {
        guard name.utf8.count > 4 else { return false }
        let telling = ["api-key", "apikey", "access-key", "auth-key", "secret", "password", "-token", "credential"]
        return telling.contains { name.containsASCII(lowercase: $0) }
    }

    /// `name` of a query item, form field or member, in any case.
    static func isSecretItem(_ name: Substring) -> Bool {
        let name = name.lowercased()
        return items.contains(name) || looksSecret(String(name.map { $0 == "_" ? "-" : $0 }))
    }
}
