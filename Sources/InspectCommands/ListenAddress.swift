import ArgumentParser

/// `host:port`, `[v6]:port`, `:port` or `port`.
struct ListenAddress: ExpressibleByArgument, CustomStringConvertible {
    var host: String
    var port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(argument: String) {
        let parts: (host: Substring, port: Substring)
        if let colon = argument.lastIndex(of: ":") {
            parts = (argument[..<colon], argument[argument.index(after: colon)...])
        } else {
            parts = ("", argument[...])
        }
        guard let port = Int(parts.port), (0...65535).contains(port) else { return nil }
        let host =
            parts.host.hasPrefix("[") && parts.host.hasSuffix("]") ? parts.host.dropFirst().dropLast() : parts.host
        guard !host.contains("/"), !host.contains(" ") else { return nil }
        self.init(host: host.isEmpty ? "127.0.0.1" : String(host), port: port)
    }

    /// Where the demo server listens, whoever starts it: what its variable says, else the usual port.
    static var ofDemoServer: ListenAddress {
        Environment.text("DEMO_LISTEN").flatMap { ListenAddress(argument: $0) }
            ?? ListenAddress(host: "127.0.0.1", port: 6490)
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    var defaultValueDescription: String { description }
}
