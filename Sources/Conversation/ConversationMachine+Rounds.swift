import WireFormats

/// Calls that the server answers with questions first (MCP 2026-07-28 basic/patterns/mrtr). The owner sees each question as
/// a request of the server, whose id begins with `input-`, and answers it as in the older dialects.
extension ConversationMachine {
    /// Keeps a request whose answer may be a question, in borrowed room.
    mutating func keepForRounds(
        _ text: RawSpan, _ envelope: JSONRPCEnvelope, call: UInt32, _ output: inout ConversationOutput
    ) {
        let mayBeAsked =
            envelope.isMethod("tools/call", in: text) || envelope.isMethod("prompts/get", in: text)
            || envelope.isMethod("resources/read", in: text)
        guard mayBeAsked, settings.maximumRounds > 0, !rounds.contains(where: { $0.call == call }) else { return }
        var request = output.borrow()
        text.withUnsafeBytes { request.append(contentsOf: $0) }
        rounds.append(Round(call: call, request: request))
    }

    /// The call needs it no more.
    mutating func dropRound(of call: UInt32, _ output: inout ConversationOutput) {
        guard let place = rounds.firstIndex(where: { $0.call == call }) else { return }
        output.takeBack(&rounds[place].request)
        rounds.remove(at: place)
    }

    func asksForInput(
        _ slice: ByteSlice, _ envelope: JSONRPCEnvelope, _ output: inout ConversationOutput
    ) -> Bool {
        guard let type = envelope.resultType else { return false }
        return output.withBytes(of: slice) { span in
            span.extracting(type).withUnsafeBytes { $0.elementsEqual(#""input_required""#.utf8) }
        }
    }

    /// Hands the questions to the owner.
    mutating func beginRound(
        _ index: Int, _ slice: ByteSlice, _ envelope: JSONRPCEnvelope, exchange: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        let call = calls[index].number
        guard let place = rounds.firstIndex(where: { $0.call == call }) else {
            return fail(index, .unintelligible(status: 200), body: slice, at: now, &output)
        }
        guard rounds[place].number < settings.maximumRounds else {
            return fail(index, .tooManyRounds, body: slice, at: now, &output)
        }
        markAnswered(calls[index].exchange, at: now)
        calls[index].exchange = 0
        calls[index].deadline = .max
        rounds[place].number += 1
        rounds[place].keys = []
        rounds[place].answers = []
        let text = output.copy(of: slice)
        let span = text.span.bytes
        rounds[place].state =
            JSONScan.value(at: ["result", "requestState"], in: span).map { [UInt8](text[$0]) } ?? []
        if let questions = JSONScan.value(at: ["result", "inputRequests"], in: span) {
            ask(place, [UInt8](text[questions]), exchange: exchange, &output)
        }
        guard rounds[place].isComplete else { return }
        // Where there is neither a question nor a state, asking again would change nothing.
        guard !rounds[place].state.isEmpty, let index = callIndex(call) else {
            return callIndex(call).map { fail($0, .unintelligible(status: 200), body: slice, at: now, &output) } ?? ()
        }
        nextRound(place, index, at: now, &output)
    }

    private mutating func ask(
        _ place: Int, _ questions: [UInt8], exchange: UInt32, _ output: inout ConversationOutput
    ) {
        for (key, value) in JSONScan.members(of: questions.span.bytes) ?? [] {
            let number = rounds[place].keys.count
            rounds[place].keys.append([UInt8](questions[key]))
            rounds[place].answers.append(nil)
            let start = output.end
            output.write(#"{"jsonrpc":"2.0","id":"input-"#)
            output.write(Int(rounds[place].call))
            output.write("-")
            output.write(rounds[place].number)
            output.write("-")
            output.write(number)
            output.write("\"")
            let question = questions.span.bytes.extracting(value)
            output.write(#","method":"#)
            if let method = JSONScan.value(at: ["method"], in: question) {
                output.write(question, method)
            } else {
                output.write(#""""#)
            }
            if let params = JSONScan.value(at: ["params"], in: question) {
                output.write(#","params":"#)
                output.write(question, params)
            }
            output.write("}")
            output.append(
                .message(
                    .request, output.slice(from: start), call: rounds[place].call, exchange: exchange,
                    isElsewhere: false))
        }
    }

    /// Takes the owner's answer to a question. An error ends the call with it: rounds know results alone.
    mutating func answerRound(
        _ text: RawSpan, _ envelope: JSONRPCEnvelope, at now: Int64, _ output: inout ConversationOutput
    ) throws(SendRefusal) {
        guard case .string(let id)? = envelope.idValue(in: text), let (call, round, number) = Self.question(id),
            let place = rounds.firstIndex(where: { $0.call == call && $0.number == round }),
            rounds[place].answers.indices.contains(number), rounds[place].answers[number] == nil
        else { throw .unexpectedAnswer }
        guard envelope.kind == .response, let result = envelope.result else {
            return refuseRound(text, envelope, call, at: now, &output)
        }
        rounds[place].answers[number] = text.extracting(result).withUnsafeBytes { [UInt8]($0) }
        if rounds[place].isComplete, let index = callIndex(call) { nextRound(place, index, at: now, &output) }
    }

    private mutating func refuseRound(
        _ text: RawSpan, _ envelope: JSONRPCEnvelope, _ number: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        guard let index = callIndex(number) else { return }
        let call = calls.remove(at: index)
        forget(call, at: now, &output)
        let start = output.end
        output.write(#"{"jsonrpc":"2.0","id":"#)
        write(call.id, &output)
        output.write(#","error":"#)
        if let error = envelope.error {
            output.write(text, error)
        } else {
            output.write(#"{"code":-32603,"message":"The question was not answered"}"#)
        }
        output.write("}")
        output.append(
            .message(.answer, output.slice(from: start), call: number, exchange: 0, isElsewhere: false))
    }

    /// Asks again with the answers, under a new id, with the state as it came.
    private mutating func nextRound(
        _ place: Int, _ index: Int, at now: Int64, _ output: inout ConversationOutput
    ) {
        let round = rounds[place]
        let wireID = JSONRPCID.string("round-\(round.call)-\(round.number)")
        calls[index].wireID = wireID
        if let timeout = settings.callTimeout { calls[index].deadline = Self.time(now, plus: timeout) }
        let text = Self.retry(round, id: JSONText.id(wireID))
        transmitStateless(text.span.bytes, JSONRPCEnvelope(text.span.bytes), call: round.call, at: now, &output)
    }

    private static func retry(_ round: Round, id: [UInt8]) -> [UInt8] {
        let request = round.request
        let envelope = JSONRPCEnvelope(request.span.bytes)
        guard let method = envelope.method else { return request }
        var text = [UInt8](#"{"jsonrpc":"2.0","id":"#.utf8) + id + [UInt8](#","method":"#.utf8) + request[method]
        text += [UInt8](#","params":{"#.utf8)
        if !round.answers.isEmpty {
            text += [UInt8](#""inputResponses":{"#.utf8)
            for (index, key) in round.keys.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                text += key + [UInt8(ascii: ":")] + (round.answers[index] ?? [])
            }
            text += [UInt8(ascii: "}"), UInt8(ascii: ",")]
        }
        if !round.state.isEmpty {
            text += [UInt8](#""requestState":"#.utf8) + round.state + [UInt8(ascii: ",")]
        }
        guard let params = envelope.params, JSONScan.type(of: params, in: request.span.bytes) == .object,
            !JSONText.isEmptyObject(request.span.bytes.extracting(params))
        else { return text.dropLast() + [UInt8]("}}".utf8) }
        return text + request[params].dropFirst() + [UInt8(ascii: "}")]
    }

    /// The parts of `input-<call>-<round>-<number>`.
    private static func question(_ id: String) -> (call: UInt32, round: Int, number: Int)? {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "input", let call = UInt32(parts[1]), let round = Int(parts[2]),
            let number = Int(parts[3])
        else { return nil }
        return (call, round, number)
    }
}
