import Conversation

extension FakeServer {
    private var listeningName: String { dialect == .httpSSE ? "session-\(sessions)" : "listening-\(sessions)" }

    func listen(_ number: UInt32, _ request: Script.Request) {
        if dialect == .httpSSE {
            sessions += 1
            streams[listeningName] = Stream()
            attach(number, to: listeningName, from: 0)
            return say(listeningName, "/messages?s=\(sessions)", type: "endpoint")
        }
        if let last = request.fields["last-event-id"], let slash = last.lastIndex(of: "/") {
            let name = String(last[..<slash])
            return attach(number, to: name, from: (Int(last[slash...].dropFirst()) ?? 0) + 1)
        }
        attach(number, to: listeningName, from: 0)
    }

    func initialize(_ number: UInt32, _ id: String) {
        let result = Sample.result(id, Sample.initializeResult())
        switch dialect {
        case .httpSSE:
            say(listeningName, result)
            answer(number, 202)
        case .streamable:
            sessions += 1
            let name = "opening-\(sessions)"
            attach(number, to: name, from: 0, session: "s\(sessions)")
            say(name, "", retry: 100)
            say(name, result)
            finish(name)
        case .broadcast, .stateless:
            sessions += 1
            answer(number, 200, result)
        }
    }

    func initialized(_ number: UInt32) {
        answer(number, 202)
        guard dialect != .httpSSE else { return }
        say(listeningName, "", retry: 200)
        change(listeningName)
        change(listeningName)
        say(listeningName, Sample.request(#""ping-\#(sessions)""#, "ping"))
    }

    func subscribe(_ number: UInt32, _ id: String) {
        sessions += 1
        attach(number, to: listeningName, from: 0)
        say(listeningName, Sample.notification("notifications/subscriptions/acknowledged"))
        change(listeningName)
        parts.append((number, .bytes([UInt8](": ping\r\n\r\n".utf8))))
    }

    /// Tells of something, by a number that is told once.
    private func change(_ name: String) {
        changes.append(changes.count)
        say(name, Sample.notification("notifications/changed", #"{"n":\#(changes.count - 1)}"#))
    }

    /// `slow` has progress and, where the dialect can, a question; `poll` ends its stream before it answers; others are
    /// answered at once.
    func call(_ number: UInt32, _ id: String, _ body: String) {
        let isSlow = body.contains(#""slow""#)
        if dialect == .httpSSE {
            answer(number, 202)
            return isSlow ? progress(listeningName, id) : say(listeningName, Sample.result(id))
        }
        if dialect == .stateless, body.contains(#""ask""#), !body.contains("inputResponses") {
            let asking =
                #"{"resultType":"input_required","requestState":"s","inputRequests":{"k":{"method":"roots/list"}}}"#
            return answer(number, 200, Sample.result(id, asking))
        }
        guard isSlow && dialect != .broadcast || body.contains(#""poll""#) && dialect == .streamable else {
            return answer(number, 200, Sample.result(id))
        }
        let name = "call-\(id)"
        attach(number, to: name, from: 0)
        if dialect == .streamable { say(name, "", retry: 300) }
        if isSlow { return progress(name, id) }
        // The logical stream goes on without the exchange.
        parts.append((number, .end))
        streams[name]?.exchange = 0
        say(name, Sample.result(id))
        finish(name)
    }

    private func progress(_ name: String, _ id: String) {
        change(name)
        guard dialect != .stateless else {
            say(name, Sample.result(id))
            return finish(name)
        }
        questions[#""ask-\#(id)""#] = name
        say(name, Sample.request(#""ask-\#(id)""#, "elicitation/create", "{}"))
    }

    /// The client answered a question: the call that asked is answered.
    func answered(_ number: UInt32, _ id: String) {
        answer(number, 202)
        guard let name = questions.removeValue(forKey: id) else { return }
        change(name)
        say(name, Sample.result(String(id.dropFirst(5).dropLast())))
        if dialect == .streamable { finish(name) }
    }
}
