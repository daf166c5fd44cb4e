import Glibc
import Traffic

/// The words after a command that looks at sessions: a session, then a filter in as many words as the shell makes of it.
struct FilterArguments {
    /// nil where the first word is a filter, or there is none.
    var session: String?
    var filter: Filter

    /// The first word is the session unless it is a filter.
    init(_ words: [String]) throws(CommandFailure) {
        var words = words[...]
        if let first = words.first, !Self.looksLikeFilter(first) { session = words.removeFirst() }
        filter = try Self.filter(Array(words))
    }

    /// Words stand side by side, so all of them must hold. Throws what is wrong with a line that shows where.
    static func filter(_ words: [String]) throws(CommandFailure) -> Filter {
        let text = words.joined(separator: " ")
        do throws(FilterError) {
            return try Filter(text)
        } catch {
            let before = String(String.UnicodeScalarView(text.unicodeScalars.prefix(error.column - 1))).visible
            let caret = String(repeating: " ", count: before.count) + "^"
            throw CommandFailure(.usage, "\(error.message.visible)\n  \(text.visible)\n  \(caret)")
        }
    }

    /// The filter of a command that takes no session, and no file but with `--db`.
    static func onlyFilter(_ words: [String]) throws(CommandFailure) -> Filter {
        if let file = words.first, !looksLikeFilter(file),
            file.hasSuffix(".sqlite") || access(file, F_OK) == 0
        {
            throw CommandFailure(.usage, "\"\(file.visible)\" is no filter; name a capture with --db \(file.visible)")
        }
        return try filter(words)
    }

    /// Whether a word means to be a filter: a key with what follows one, a `!` or a parenthesis.
    static func looksLikeFilter(_ word: String) -> Bool {
        if word.hasPrefix("!") || word.hasPrefix("(") { return true }
        let key = word.prefix { $0.isASCII && $0.isLetter }
        guard Filter.Key(rawValue: key.lowercased()) != nil else { return false }
        return word.dropFirst(key.count).drop { $0 == " " }.first.map { ":<>=".contains($0) } ?? false
    }
}

/// What `--help` says of filters.
enum FilterHelp {
    static let terms = """
        A filter is made of terms; side by side all must hold, | means or, ! not, parentheses group. What is said of a \
        call holds for its request and everything that answers it.

          tool:NAME       calls of a tool; * stands for any text
          method:NAME     tools/call, tools (all of tools/…), notifications/*
          id:ID           a JSON-RPC id
          status:STATUS   of a call: ok, tool_error, rpc_error, http_error,
                          cancelled, pending, unanswered, or error (any that
                          failed); or an HTTP status: 404, 4xx
          latency>200ms   how long the answer took; also >= < <= =, units us ms
                          s m h
          kind:KIND       request, response, error, notification, invalid,
                          heartbeat, event, exchange, gap, end; message (any of
                          the first five), call (what belongs to a call), a kind
                          of problem
          dir:client      what the client says, or dir:server
          exchange:N      one HTTP exchange, by the number after #
          stream:N        what came on the event stream of an exchange; any, none
          size>10k        bytes; k M G, KiB MiB GiB
          silence>10s     what came after so long a silence on its stream
          session:NAME    claude-code/3, claude-code (all of its sessions), an id
          dialect:NAME    http+sse, streamable, …
          text:WORD       occurs in the message, whatever the case of ASCII letters

        A value with blanks or parentheses goes in quotes, and all of it in those of the shell: 'text:"out of order"'.
        """
}
