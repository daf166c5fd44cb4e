import Foundation
import TestSupport
import Testing
import WireFormats

@Suite("The JSON-RPC envelope of random messages")
struct RandomMessageTests {
    @Test("has the parts that a full decode gives", arguments: 0..<4)
    func parts(_ seed: UInt64) throws {
        var generator = SeededGenerator(state: seed &+ 900)
        var kinds: Set<JSONRPCEnvelope.Kind> = []
        for _ in 0..<2_000 {
            let tree = RandomMessage.make(using: &generator)
            let message = ScannedMessage(tree.text(using: &generator))
            let note = Comment(rawValue: String(decoding: message.text, as: UTF8.self))
            kinds.insert(message.envelope.kind)
            #expect(message.envelope.kind == kind(of: tree), note)
            #expect(message.method == tree["method"]?.string, note)
            #expect(message.name == name(in: tree["params"]), note)
            #expect(message.envelope.errorCode == errorCode(tree["error"]), note)
            #expect(message.envelope.isErrorResult == isTrue(tree["result"]?["isError"]), note)
            #expect(message.string(message.envelope.resultType) == tree["result"]?["resultType"]?.string, note)
            let version = tree["params"]?["_meta"]?["io.modelcontextprotocol/protocolVersion"]?.string
            #expect(message.string(message.envelope.metaVersion) == version, note)
            #expect(token(message.envelope.progressToken, message) == token(progressToken(in: tree)), note)
            let cancelled = tree["method"]?.string == "notifications/cancelled" ? tree["params"]?["requestId"] : nil
            #expect(token(message.envelope.cancelledRequestID, message) == token(cancelled), note)
            #expect((message.envelope.id == nil) == (tree["id"] == nil), note)
            #expect(token(message.envelope.id, message) == token(tree["id"]), note)
        }
        #expect(kinds == Set(JSONRPCEnvelope.Kind.allCases))
    }

    @Test("has the parts that later messages refer to", arguments: 0..<4)
    func continuations(_ seed: UInt64) {
        var generator = SeededGenerator(state: seed &+ 975)
        for _ in 0..<2_000 {
            let tree = RandomMessage.make(using: &generator)
            let message = ScannedMessage(tree.text(using: &generator))
            let note = Comment(rawValue: String(decoding: message.text, as: UTF8.self))
            let (params, result) = (tree["params"], tree["result"])
            let envelope = message.envelope
            let told = params?["_meta"]?["io.modelcontextprotocol/subscriptionId"]
            #expect(token(envelope.subscriptionID, message) == token(told), note)
            let client = params?["_meta"]?["io.modelcontextprotocol/clientInfo"]
            #expect((envelope.clientInfo != nil) == isObject(client), note)
            let server = result?["_meta"]?["io.modelcontextprotocol/serverInfo"]
            #expect((envelope.serverInfo != nil) == isObject(server), note)
            #expect((envelope.inputResponses != nil) == isObject(params?["inputResponses"]), note)
            #expect((envelope.inputRequests != nil) == isObject(result?["inputRequests"]), note)
            let outer = tree["method"] == nil ? result : params
            #expect(message.string(envelope.requestState) == outer?["requestState"]?.string, note)
            let nested = tree["method"] == nil ? result?["task"]?["taskId"]?.string : nil
            #expect(message.string(envelope.taskID) == outer?["taskId"]?.string ?? nested, note)
        }
    }

    private func isObject(_ value: RandomMessage?) -> Bool {
        if case .object? = value { return true }
        return false
    }

    @Test("is found in the same values by Foundation", arguments: 0..<2)
    func foundation(_ seed: UInt64) throws {
        var generator = SeededGenerator(state: seed &+ 950)
        for _ in 0..<500 {
            let message = ScannedMessage(RandomMessage.make(using: &generator).text(using: &generator))
            let decoded = try JSONSerialization.jsonObject(with: Data(message.text)) as? [String: Any]
            let object = try #require(decoded)
            #expect(message.method == object["method"] as? String)
            let result = object["result"] as? [String: Any]
            #expect(message.string(message.envelope.resultType) == result?["resultType"] as? String)
            for (part, name) in [
                (message.envelope.id, "id"), (message.envelope.params, "params"), (message.envelope.result, "result"),
                (message.envelope.error, "error"),
            ] {
                let value = try part.map {
                    try JSONSerialization.jsonObject(with: Data(message.text[$0]), options: [.fragmentsAllowed])
                }
                #expect(value as? NSObject == object[name] as? NSObject)
            }
        }
    }

    /// A string's value or a number's text; nil for every other type.
    private func token(_ value: RandomMessage?) -> String? {
        guard let value else { return nil }
        if case .scalar(let text) = value, value.isNumber { return text }
        return value.string.map { "\"" + $0 }
    }

    private func token(_ range: Range<Int>?, _ message: ScannedMessage) -> String? {
        guard let range else { return nil }
        switch JSONScan.type(of: range, in: message.text) {
        case .string: return message.string(range).map { "\"" + $0 }
        case .number: return message.raw(range)
        default: return nil
        }
    }

    private func name(in params: RandomMessage?) -> String? {
        params?["name"]?.string ?? params?["uri"]?.string ?? params?["ref"]?["name"]?.string
            ?? params?["ref"]?["uri"]?.string
    }

    private func progressToken(in tree: RandomMessage) -> RandomMessage? {
        let direct = tree["params"]?["progressToken"]
        if tree["method"]?.string == "notifications/progress", token(direct) != nil { return direct }
        return tree["params"]?["_meta"]?["progressToken"]
    }

    private func errorCode(_ error: RandomMessage?) -> Int? {
        guard case .scalar(let text)? = error?["code"] else { return nil }
        return Int(text)
    }

    private func isTrue(_ value: RandomMessage?) -> Bool {
        if case .scalar("true")? = value { return true }
        return false
    }

    private func isNull(_ value: RandomMessage?) -> Bool {
        if case .scalar("null")? = value { return true }
        return false
    }

    private func isStructured(_ value: RandomMessage?) -> Bool {
        switch value {
        case .object?, .array?: true
        default: false
        }
    }

    /// The verdict by the rules of the specification, from the tree.
    private func kind(of tree: RandomMessage) -> JSONRPCEnvelope.Kind {
        guard tree["jsonrpc"]?.string == "2.0" else { return .invalid }
        let hasID = token(tree["id"]) != nil
        if let method = tree["method"] {
            guard method.string != nil, tree["result"] == nil, tree["error"] == nil else { return .invalid }
            guard tree["params"] == nil || isNull(tree["params"]) || isStructured(tree["params"]) else {
                return .invalid
            }
            return hasID ? .request : tree["id"] == nil ? .notification : .invalid
        }
        let hasResult = tree["result"] != nil
        guard let error = tree["error"], !(isNull(error) && hasResult) else {
            return hasResult && hasID ? .response : .invalid
        }
        guard case .object = error, !hasResult || isNull(tree["result"]) else { return .invalid }
        return hasID || tree["id"] == nil || isNull(tree["id"]) ? .error : .invalid
    }
}
