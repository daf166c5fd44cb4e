import WireFormats

/// Calls that the server answers with questions first (MCP 2026-07-28 basic/patterns/mrtr). The owner sees each question as
/// a request of the server, whose id begins with `input-`, and answers it as in the older dialects.
extension ConversationMachine {
    /// Whether the answer to a request may be a question.
    func mayHaveRounds(_ text: RawSpan, _ envelope: JSONRPCEnvelope) -> Bool {
        guard identityHasCapabilities else { return false }
        return envelope.isMethod("tools/call", in: text) || envelope.isMethod("prompts/get", in: text)
            || envelope.isMethod("resources/read", in: text)
    }

    /// A client that offers nothing may not be asked, and keeps no copies of its requests.
    private var identityHasCapabilities: Bool { !identity.suffix(2).elementsEqual("{}".utf8) }

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
        if rounds[place].isComplete { nextRound(place, at: now, &output) }
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
            for (name, member) in JSONScan.members(of: questions.span.bytes.extracting(value)) ?? [] {
                let base = value.lowerBound
                output.write(",")
                output.write(questions.span.bytes, base + name.lowerBound..<base + name.upperBound)
                output.write(":")
                output.write(questions.span.bytes, base + member.lowerBound..<base + member.upperBound)
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
        if rounds[place].isComplete { nextRound(place, at: now, &output) }
    }

    private mutating func refuseRound(
        _ text: RawSpan, _ envelope: JSONRPCEnvelope, _ number: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        guard let index = callIndex(number) else { return }
        let call = calls.remove(at: index)
        rounds.removeAll { $0.call == number }
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
    private mutating func nextRound(_ place: Int, at now: Int64, _ output: inout ConversationOutput) {
        let round = rounds[place]
        guard let index = callIndex(round.call) else { return }
        let wireID = JSONRPCID.string("round-\(round.call)-\(round.number)")
        calls[index].wireID = wireID
        if let timeout = settings.callTimeout { calls[index].deadline = now + timeout }
        let text = Self.retry(round, id: JSONText.id(wireID))
        transmitStateless(text.span.bytes, JSONRPCEnvelope(text.span.bytes), call: round.call, at: now, &output)
    }

    private static func retry(_ round: Round, id: [UInt8]) -> [UInt8] {
        let request = round.request
        let envelope = JSONRPCEnvelope(request.span.bytes)
        guard let method = envelope.method, let params = envelope.params else { return request }
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
        let rest = request[params].dropFirst()
        if JSONText.isEmptyObject(request.span.bytes.extracting(params)) { text.removeLast() }
        return text + rest + [UInt8(ascii: "}")]
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
