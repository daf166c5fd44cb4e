/// Whom a request comes from, as ``SSEServerTransport/Authenticate`` found out.
public struct Principal: Sendable, Hashable {
    /// What names the one, always the same for the same: sessions and calls belong to it.
    public var subject: String
    /// What the token allows.
    public var scopes: Set<String>
    /// Anything else that handlers want to know.
    public var claims: JSONValue

    /// Somebody.
    public init(subject: String, scopes: Set<String> = [], claims: JSONValue = [:]) {
        self.subject = subject
        self.scopes = scopes
        self.claims = claims
    }
}

/// What the head of a request says, for those who decide about it.
public struct RequestHead: Sendable {
    private let request: HTTPRequest

    init(_ request: HTTPRequest) { self.request = request }

    /// The method, such as `POST`.
    public var method: String { request.method }
    /// The target up to the query.
    public var path: String { request.path }
    /// The value of the first field of this name, in whatever case.
    public subscript(name: String) -> String? { request[name.lowercased()] }

    /// The token of `Authorization: Bearer …`; nil when there is no such field (RFC 6750 §2.1). Tokens in the query are
    /// not looked for, because MCP forbids them (MCP 2025-11-25 basic/authorization).
    public var bearerToken: String? {
        guard let value = self["authorization"], value.prefix(7).lowercased() == "bearer " else { return nil }
        let token = value.dropFirst(7).drop { $0 == " " }
        return token.isEmpty ? nil : String(token)
    }
}

/// What is done with a request.
public enum AccessDecision: Sendable, Hashable {
    /// It is let in, as whom.
    case allow(Principal)
    /// 401: there is no token, or it is not valid, for a reason that the client may read.
    case unauthorized(reason: String? = nil)
    /// 403: the token is valid but lacks scopes.
    case insufficientScope([String])
}

extension AccessDecision {
    /// The response to a request that is not let in; nil for one that is (RFC 6750 §3, RFC 9728 §5.1).
    func refusal(hasToken: Bool, resourceMetadata: String?) -> HTTPResponse? {
        var attributes: [(String, String)] = []
        let status: Int
        switch self {
        case .allow: return nil
        case .unauthorized(let reason):
            status = 401
            if hasToken { attributes.append(("error", "invalid_token")) }
            if let reason { attributes.append(("error_description", reason)) }
        case .insufficientScope(let scopes):
            status = 403
            attributes = [("error", "insufficient_scope"), ("scope", scopes.joined(separator: " "))]
        }
        if let resourceMetadata { attributes.append(("resource_metadata", resourceMetadata)) }
        let text = attributes.map { "\($0.0)=\"\(Self.quotable($0.1))\"" }.joined(separator: ", ")
        let challenge = HTTPRequest.Field(name: "WWW-Authenticate", value: text.isEmpty ? "Bearer" : "Bearer \(text)")
        let message = status == 401 ? "A valid access token is needed" : "The access token does not allow this"
        return .error(status, MCPError(code: -32000, message: message), fields: [challenge])
    }

    /// What may stand between quotes without being escaped, and ends no field.
    private static func quotable(_ text: String) -> String {
        String(text.map { $0.isASCII && $0 >= " " && $0 != "\"" && $0 != "\\" && $0 != "\u{7F}" ? $0 : "'" })
    }
}

extension SSEServerTransport {
    /// Decides about each request that a dialect takes, before anything else sees it. The body has been read by then, up
    /// to ``Limits/bodyBytes``. It runs at the same time for several requests.
    public typealias Authenticate = @Sendable (RequestHead) async -> AccessDecision
}
