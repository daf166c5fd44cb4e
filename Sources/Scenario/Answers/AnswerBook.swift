import WireFormats

/// What the recorded client answered to the server's questions, found again for the questions of a live server.
///
/// A question is known again by its method and the call on whose behalf it is asked, best by what it asks: what masks
/// take does not count. Each recorded answer is given once; a question that comes more often than in the recording gets
/// the answer to its like again. `ping` is answered without the recording.
package struct AnswerBook: Sendable {
    /// What is answered to a question that the recording does not have.
    package enum MissPolicy: String, Sendable, Hashable, CaseIterable {
        /// What a user who does not want to would say: cancels, refuses, has no roots.
        case decline
        /// A JSON-RPC error.
        case error
    }

    package struct Reply: Sendable, Hashable {
        package var answer: RecordedQuestion.Answer
        /// How long the recorded client took.
        package var thinkNs: Int64 = 0
        /// The recorded question that it is the answer to.
        package var messageID: Int64?
        /// Why the recording has no answer, in a sentence; nil where it has.
        package var miss: String?
    }

    private let questions: [RecordedQuestion]
    private let policy: MissPolicy
    private let masks: MaskSet
    private var used: Set<Int> = []

    package init(_ questions: [RecordedQuestion], onMiss policy: MissPolicy = .decline, masks: MaskSet = MaskSet()) {
        self.questions = questions
        self.policy = policy
        self.masks = masks
    }

    /// The answer to a live question. `parentStep`: the step on whose behalf it is asked, where that is known; `key`: by
    /// which a round names it.
    package mutating func reply(
        to method: String, params: JSONTree?, parentStep: Int? = nil, key: String? = nil
    ) -> Reply {
        if method == "ping" { return Reply(answer: .result(Array("{}".utf8))) }
        let asked = Asked(method: method, params: params, parentStep: parentStep, key: key)
        guard let index = best(for: asked) else { return miss(method, "the recording has no \(method) like it") }
        used.insert(index)
        let question = questions[index]
        guard question.answer != .none else {
            return miss(method, "the recorded client did not answer its \(method)")
        }
        return Reply(answer: question.answer, thinkNs: question.thinkNs, messageID: question.messageID)
    }

    /// The `inputResponses` to a live round of input, and what of it the recording does not have. An answer that is an
    /// error has no place there and is left out. (MCP 2026-07-28 basic/patterns/mrtr)
    package mutating func responses(
        to inputRequests: JSONTree, parentStep: Int? = nil
    ) -> (responses: JSONTree, thinkNs: Int64, misses: [String]) {
        var responses: [JSONTree.Member] = []
        var misses: [String] = []
        var thinkNs: Int64 = 0
        for member in inputRequests.members ?? [] {
            let reply = reply(
                to: member.value["method"]?.string ?? "", params: member.value["params"], parentStep: parentStep,
                key: member.key)
            thinkNs = max(thinkNs, reply.thinkNs)
            if let miss = reply.miss { misses.append("\(member.key): \(miss)") }
            guard case .result(let bytes) = reply.answer, let result = JSONTree(bytes) else { continue }
            responses.append(JSONTree.Member(member.key, result))
        }
        return (.object(responses), thinkNs, misses)
    }

    private struct Asked {
        let method: String
        let params: JSONTree?
        let parentStep: Int?
        let key: String?
    }

    /// How well a recorded question fits; the larger the better.
    private struct Fit: Comparable {
        var isUnused: Bool
        var hasParent: Bool
        var hasParams: Bool
        var hasKey: Bool
        /// Of two that fit equally well the earlier one.
        var place: Int

        private var rank: [Int] {
            [hasParams && hasParent, isUnused, hasParams, hasKey, hasParent].map { $0 ? 1 : 0 }
        }

        static func < (left: Fit, right: Fit) -> Bool {
            left.rank == right.rank ? left.place > right.place : left.rank.lexicographicallyPrecedes(right.rank)
        }
    }

    private func best(for asked: Asked) -> Int? {
        questions.indices.compactMap { fit($0, asked) }.max()?.place
    }

    /// nil where it cannot be the same question: it asks for something else on behalf of another call, or it was
    /// answered already and asks for something else.
    private func fit(_ index: Int, _ asked: Asked) -> Fit? {
        let question = questions[index]
        guard question.method == asked.method else { return nil }
        let isElsewhere =
            asked.parentStep != nil && question.parentStep != nil && question.parentStep != asked.parentStep
        let fit = Fit(
            isUnused: !used.contains(index), hasParent: !isElsewhere, hasParams: isSame(question, asked),
            hasKey: question.key == asked.key, place: index)
        guard fit.hasParams || (fit.isUnused && fit.hasParent) else { return nil }
        return fit
    }

    private func isSame(_ question: RecordedQuestion, _ asked: Asked) -> Bool {
        var context = DifferenceContext(method: asked.method, recordedNs: 0, liveNs: 0)
        context.place = .question(0)
        return TreeComparison.differences(question.params, asked.params, at: JSONPath.root.key("params"), in: context)
            .allSatisfy { masks.name(of: $0) != nil }
    }

    private func miss(_ method: String, _ why: String) -> Reply {
        Reply(answer: policy == .decline ? Self.refusal(of: method) : Self.unknown(method), miss: why)
    }

    private static func refusal(of method: String) -> RecordedQuestion.Answer {
        switch method {
        case "elicitation/create": .result(Array(#"{"action":"cancel"}"#.utf8))
        case "roots/list": .result(Array(#"{"roots":[]}"#.utf8))
        case "sampling/createMessage": .error(Array(#"{"code":-1,"message":"User rejected sampling request"}"#.utf8))
        default: unknown(method)
        }
    }

    private static func unknown(_ method: String) -> RecordedQuestion.Answer {
        let message = JSONTree.string("the recording has no answer to \(method)").text
        return .error(Array("{\"code\":-32601,\"message\":\(message)}".utf8))
    }
}
