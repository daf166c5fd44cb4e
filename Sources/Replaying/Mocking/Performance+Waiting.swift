import Scenario

/// What a performance does next.
struct Upcoming: Sendable {
    /// Its place among the acts of the cue.
    var position: Int
    /// When its pause is over, once that has begun.
    var at: ContinuousClock.Instant?
}

/// What an act waits for.
extension Performance {
    /// Waits for what the act depends on, then as long as the recorded server took, then for what came just before it.
    func isReady(for act: Act, of number: Int) async -> Bool {
        if !act.answers.isEmpty {
            guard await conversation.state.wait(atMost: nil, until: { act.isAnswered(in: $0) }) else { return false }
        }
        if act.place.isOfLaterConnection, !(stream.with { $0?.isCarried ?? false }) {
            let cue = cue.index
            guard await conversation.state.wait(atMost: nil, until: { act.isConnected(cue, in: $0) }) else {
                return false
            }
        }
        if let after = act.after { await wait(for: after, isFirm: isEndOfListening(act)) }
        guard await pause(before: act, of: number) else { return false }
        for behind in act.behind {
            guard await follow(behind, by: act) else { return false }
        }
        return true
    }

    private func pause(before act: Act, of number: Int) async -> Bool {
        var pause = Duration.nanoseconds(conversation.settings.pace.scaled(act.delayNs))
        if fault == .slow { pause = max(pause * 10, act.isAnswer(of: cue) ? .seconds(1) : .zero) }
        guard pause > .zero else { return true }
        let end = ContinuousClock.now + pause
        conversation.state.with { [cue = cue.index] in $0.next[cue]?[number]?.at = end }
        return (try? await Task.sleep(until: end)) != nil
    }

    /// A client that leaves out what the recorded one did is not made to wait for ever, unless a stream would end.
    private func wait(for after: Int, isFirm: Bool) async {
        let patience: Duration? = isFirm ? nil : conversation.settings.patience
        let hasCome = await conversation.state.wait(atMost: patience) {
            $0.met.contains(after) || $0.givenUp.contains(after)
        }
        if !hasCome { conversation.state.with { _ = $0.givenUp.insert(after) } }
    }

    private func isEndOfListening(_ act: Act) -> Bool {
        guard case .close = act.what else { return false }
        return cue.isListening
    }

    /// Lets what another cue had said just before be said first, where that is about to come, and keeps the recorded
    /// distance to it. A client that asks in another order, or at another pace, than the recorded one is not held up.
    private func follow(_ spot: Act.Spot, by act: Act) async -> Bool {
        let now = ContinuousClock.now
        let deadline = now + conversation.settings.lead
        let acts = conversation.score.cues[spot.cue].acts
        let pace = conversation.settings.pace
        let isClear: @Sendable (MockConversation.State) -> Bool = { state in
            !(state.next[spot.cue] ?? [:]).values.contains { next in
                guard next.position <= spot.position else { return false }
                let ahead = acts[next.position...spot.position]
                guard ahead.allSatisfy({ $0.isCaused(of: spot.cue, in: state) }) else { return false }
                let pauses = ahead.dropFirst(next.at == nil ? 0 : 1).reduce(0) { $0 + pace.scaled($1.delayNs) }
                return (next.at ?? now) + .nanoseconds(pauses) <= deadline
            }
        }
        if !conversation.state.with({ isClear($0) }) {
            _ = await conversation.state.wait(atMost: conversation.settings.patience, until: isClear)
        }
        guard let said = conversation.state.with({ $0.said[spot] }) else { return true }
        let distance = min(.nanoseconds(pace.scaled(act.atNs - acts[spot.position].atNs)), conversation.settings.lead)
        guard said + distance > .now else { return true }
        return (try? await Task.sleep(until: said + distance)) != nil
    }
}

extension Act {
    fileprivate func isAnswered(in state: MockConversation.State) -> Bool {
        answers.allSatisfy(state.answered.contains)
    }

    fileprivate func isConnected(_ cue: Int, in state: MockConversation.State) -> Bool {
        guard case .own(let segment) = place, segment > 0 else { return true }
        return (state.connections[cue] ?? 0) > segment
    }

    /// Whether all that it waits for has come.
    fileprivate func isCaused(of cue: Int, in state: MockConversation.State) -> Bool {
        isAnswered(in: state) && isConnected(cue, in: state)
            && (after.map { state.met.contains($0) || state.givenUp.contains($0) } ?? true)
    }
}

extension Act.Place {
    fileprivate var isOfLaterConnection: Bool {
        if case .own(let segment) = self { segment > 0 } else { false }
    }
}
