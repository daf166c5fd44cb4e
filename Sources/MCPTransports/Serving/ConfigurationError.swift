/// A configuration that cannot be served.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence that says what is wrong.
    public let description: String
}

extension SSEServerTransport.Configuration {
    /// Checks what can be known before anything listens.
    ///
    /// - Throws: ``ConfigurationError`` with the first thing that is wrong.
    func validate(server: MCPServer?) throws(ConfigurationError) {
        guard !dialects.isEmpty else { throw ConfigurationError(description: "No dialect is to be served.") }
        if server == nil, dialects != [.broadcast] {
            throw ConfigurationError(description: "A message handler serves the broadcast dialect and no other.")
        }
        var owners: [Substring: HTTPDialect] = [:]
        for (path, dialect) in claims {
            guard path.hasPrefix("/") else {
                throw ConfigurationError(description: "The path \"\(path)\" does not begin with a slash.")
            }
            let trimmed = Router.trimmed(path)
            if let owner = owners[trimmed], owner != dialect {
                throw ConfigurationError(
                    description: "\(owner.rawValue) and \(dialect.rawValue) cannot both be served at \(trimmed).")
            }
            owners[trimmed] = dialect
        }
        if dialects.contains(.stateless), let defect = server?.statelessDefect {
            throw ConfigurationError(description: "The stateless dialect cannot be served: \(defect).")
        }
    }

    /// Which dialect answers at which path; `streamable` stands for both that share theirs.
    private var claims: [(String, HTTPDialect)] {
        var claims: [(String, HTTPDialect)] = []
        if !dialects.isDisjoint(with: [.streamable, .stateless]) { claims.append((paths.streamable, .streamable)) }
        if dialects.contains(.httpSSE) { claims += [(paths.eventStream, .httpSSE), (paths.messages, .httpSSE)] }
        if dialects.contains(.broadcast) {
            claims += [(paths.broadcastStream, .broadcast), (paths.broadcastMessages, .broadcast)]
        }
        return claims
    }
}
