/// The variables that stand in for options, as help names them.
enum HelpVariables {
    /// Below the options of a command's help, the variable of each; other text stays as it is.
    static func added(to help: String) -> String {
        guard help.hasPrefix("OVERVIEW: ") else { return help }
        let names = options(in: help).map { name(of: $0, in: help) }
        guard !names.isEmpty else { return help }
        var lines = ["VARIABLES (each stands in for the option of its name that is not given):", " "]
        for name in names {
            if lines[lines.count - 1].count + name.count > 78 { lines.append(" ") }
            lines[lines.count - 1] += " " + name
        }
        return trimmed(help) + "\n\n" + lines.joined(separator: "\n") + "\n"
    }

    /// Long names in the list of options, each once, without those that every program has.
    static func options(in help: String) -> [String] {
        guard let start = help.firstRange(of: "\nOPTIONS:\n") else { return [] }
        var found: [String] = []
        for line in help[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("SUBCOMMANDS:") { break }
            guard line.hasPrefix("  -") else { continue }
            let words = line.split(separator: " ").prefix { $0.hasPrefix("-") || $0.hasPrefix("<") }
            for word in words where word.hasPrefix("--") {
                let option = String(word.dropFirst(2).prefix { $0 != "," })
                if !["help", "version"].contains(option), !found.contains(option) { found.append(option) }
            }
        }
        return found
    }

    /// `MCP_INSPECT_TOKEN_ENV` for `token-env`. Commands that may run side by side listen each on an address of its
    /// own.
    private static func name(of option: String, in help: String) -> String {
        var text = option
        if option == "listen", help.contains("USAGE: mcp-inspect demo-server") { text = "demo-listen" }
        if option == "listen", help.contains("USAGE: mcp-inspect mock") { text = "mock-listen" }
        return "MCP_INSPECT_" + text.uppercased().replacing("-", with: "_")
    }

    private static func trimmed(_ text: String) -> String {
        var text = text
        while text.last == "\n" { text.removeLast() }
        return text
    }
}
