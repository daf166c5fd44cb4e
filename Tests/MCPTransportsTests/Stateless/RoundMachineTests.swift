import Testing

@testable import MCPTransports

@Suite struct RoundMachineTests {
    private func machine(
        _ form: AnswerForm = .automatic, _ change: (inout StatelessPost) -> Void = { _ in }
    ) throws -> RoundMachine {
        var post = StatelessPost.call("t")
        change(&post)
        let dressing = ResultDressing(implementation: Implementation(name: "s", version: "1"), caching: CachePolicy())
        return RoundMachine(request: try post.read(), form: form, dressing: dressing)
    }

    @Test func `A handler that says nothing before its answer is answered with JSON`() throws {
        var machine = try machine()
        #expect(machine.begin() == [])
        let actions = machine.finish(.success(["content": []]))
        guard case .answer(200, .response(.integer(1), let result))? = actions.first else {
            Issue.record("\(actions)")
            return
        }
        #expect(result["resultType"] == "complete")
        #expect(result["_meta"]?[MetaKey.serverInfo]?["name"] == "s")
        #expect(result["ttlMs"] == nil)
        #expect(machine.finish(.success([:])) == [])
    }

    @Test func `What is said before the answer makes it a stream, unless the form is JSON`() throws {
        var machine = try machine()
        #expect(machine.notify(method: "n", params: nil).words == ["open", "n"])
        #expect(machine.finish(.success([:])).words == ["response 1", "finish"])
        var json = try self.machine(.json)
        #expect(json.notify(method: "n", params: nil) == [])
        #expect(json.streamIfWaiting() == [])
        var stream = try self.machine(.eventStream)
        #expect(stream.begin().words == ["open"])
    }

    @Test func `Waiting as long as a heartbeat makes it a stream once`() throws {
        var machine = try machine()
        #expect(machine.streamIfWaiting().words == ["open"])
        #expect(machine.streamIfWaiting() == [])
    }

    @Test func `Log messages are sent from the severity on that the request names, and not at all without one`() throws
    {
        var silent = try machine()
        #expect(silent.log(level: .emergency, data: "x", logger: nil) == [])
        var machine = try machine { $0.meta[MetaKey.logLevel] = "warning" }
        #expect(machine.log(level: .info, data: "x", logger: nil) == [])
        #expect(machine.log(level: .warning, data: "x", logger: nil).words == ["open", "notifications/message"])
    }

    @Test func `Questions end the round, and the answers go on with it under another id`() throws {
        var machine = try machine()
        #expect(machine.ask([PosedQuestion(method: "roots/list")]) == [1])
        #expect(machine.ask([PosedQuestion(method: "elicitation/create", params: ["message": "m"])]) == [2])
        #expect(machine.mustAsk)
        let actions = machine.endRound(requestState: "key")
        guard case .answer(200, .response(_, let result))? = actions.first else {
            Issue.record("\(actions)")
            return
        }
        #expect(result["resultType"] == "input_required")
        #expect(result["requestState"] == "key")
        #expect(result["inputRequests"]?["q2"] == ["method": "elicitation/create", "params": ["message": "m"]])
        #expect(machine.notify(method: "n", params: nil) == [])
        let retry = StatelessPost.call("t").retry(id: "two", state: "key", ["q2": ["action": "decline"]])
        #expect(machine.resume(try retry.read()) == [.resolve(2, .success(["action": "decline"]))])
        #expect(machine.mustAsk, "q1 was not answered")
        #expect(machine.endRound(requestState: "next").words == ["answer 200 two"])
        let last = StatelessPost.call("t").retry(id: 3, state: "next", ["q1": ["roots": []], "q9": [:]])
        #expect(machine.resume(try last.read()) == [.resolve(1, .success(["roots": []]))])
        #expect(machine.finish(.success([:])).words == ["answer 200 3"])
    }

    @Test func `Named questions keep their names, and answers that came with the request are taken at once`() throws {
        var machine = try machine { $0.params["inputResponses"] = ["name": ["action": "decline"], "age": 7, "x": [:]] }
        let named = ["name", "age", "name"].map { PosedQuestion(key: $0, method: "elicitation/create") }
        #expect(machine.ask(named) == [1, 2, 3])
        #expect(machine.takeAnswers() == [.resolve(1, .success(["action": "decline"]))])
        guard case .answer(_, .response(_, let result))? = machine.endRound(requestState: "k").first else {
            Issue.record("no round ended")
            return
        }
        #expect(result["inputRequests"]?.objectValue?.members.map(\.key) == ["age", "name_"])
        let retry = StatelessPost.call("t").retry(id: 2, state: "k", ["age": [:], "x": [:]])
        #expect(machine.resume(try retry.read()) == [.resolve(2, .success([:]))])
        #expect(machine.ask([PosedQuestion(key: "x", method: "roots/list")]) == [4])
        #expect(machine.takeAnswers() == [], "nobody had asked for x")
    }

    @Test func `Progress goes to the token of the present round`() throws {
        var machine = try machine { $0.meta["progressToken"] = "first" }
        _ = machine.ask([PosedQuestion(method: "roots/list")])
        _ = machine.endRound(requestState: "k")
        var retry = StatelessPost.call("t").retry(id: 2, state: "k", ["q1": [:]])
        #expect(machine.progress(["progressToken": nil, "progress": 1]) == [])
        retry.meta["progressToken"] = "second"
        _ = machine.resume(try retry.read())
        let said = machine.progress(["progressToken": nil, "progress": 1])
        #expect(
            said.last
                == .send(
                    .notification(
                        method: "notifications/progress", params: ["progressToken": "second", "progress": 1])))
    }

    @Test func `A client that goes cancels the call, but not between rounds`() throws {
        var machine = try machine()
        _ = machine.ask([PosedQuestion(method: "roots/list")])
        _ = machine.endRound(requestState: "k")
        #expect(machine.connectionClosed() == [])
        _ = machine.resume(try StatelessPost.call("t").retry(id: 2, state: "k", [:]).read())
        #expect(machine.connectionClosed() == [.resolve(1, .failure(.connectionClosed)), .cancel])
        #expect(machine.finish(.success([:])) == [])
        #expect(machine.ask([PosedQuestion(method: "roots/list")]) == nil)
    }

    @Test func `Errors of the protocol have their status, errors of handlers are answers`() throws {
        for (error, status) in [
            (MCPError.missingClientCapabilities(["roots": [:]]), 400), (.internalError("x"), 200),
            (.invalidParams("x"), 200), (.methodNotFound("x"), 200),
        ] {
            var machine = try machine()
            #expect(machine.finish(.failure(error)).words == ["answer \(status) 1"])
        }
        var machine = try machine()
        guard case .answer(_, .error(_, let error))? = machine.finish(.failure(.resourceNotFound("u"))).first else {
            Issue.record("no error")
            return
        }
        #expect(error.code == -32602)
    }

    @Test func `A call that the server ends fails its questions and its client`() throws {
        var machine = try machine()
        _ = machine.ask([PosedQuestion(method: "roots/list")])
        #expect(machine.terminate().words == ["answer 503 1", "fail 1", "cancel"])
        #expect(machine.terminate() == [])
    }

    @Test func `Lists say how long they may be kept, answers of several rounds are nobody else's`() {
        let dressing = ResultDressing(
            implementation: Implementation(name: "s", version: "1"),
            caching: CachePolicy(timeToLive: .milliseconds(1500), isShared: true))
        let fresh = dressing.complete(["tools": []], of: "tools/list")
        #expect(fresh["ttlMs"] == 1500 && fresh["cacheScope"] == "public")
        let asked = dressing.complete(["contents": []], of: "resources/read", isFresh: false)
        #expect(asked["ttlMs"] == 0 && asked["cacheScope"] == "private")
    }
}

extension [RoundAction] {
    /// What happens, in few words.
    fileprivate var words: [String] {
        map { action in
            switch action {
            case .answer(let status, .response(let id, _)): "answer \(status) \(id.text)"
            case .answer(let status, .error(let id?, _)): "answer \(status) \(id.text)"
            case .answer(let status, _): "answer \(status)"
            case .openStream: "open"
            case .send(.notification(let method, _)): method
            case .send(.response(let id, _)): "response \(id.text)"
            case .send: "send"
            case .finish: "finish"
            case .cancel: "cancel"
            case .resolve(let number, .success): "resolve \(number)"
            case .resolve(let number, .failure): "fail \(number)"
            }
        }
    }
}

extension RequestID {
    fileprivate var text: String {
        switch self {
        case .integer(let number): "\(number)"
        case .string(let text): text
        }
    }
}
