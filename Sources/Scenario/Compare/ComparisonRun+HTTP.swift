import Traffic
import WireFormats

/// HTTP statuses, and what comes with one that is an error and is no answer of the protocol.
///
/// Statuses that say that all is well are one. Another dialect has other statuses.
extension ComparisonRun {
    mutating func compareHTTP(_ pair: Pair) {
        guard let recorded = pair.recorded, let live = pair.live else { return }
        var context = DifferenceContext(
            method: recorded.method, name: recorded.name, recordedNs: recorded.sentNs, liveNs: live.sentNs)
        context.place = .httpBody
        let hasAnswer = recorded.responseID != nil || live.responseID != nil
        compare(old.exchange(of: recorded), new.exchange(of: live), context, hasBody: !hasAnswer, of: "", pair)
    }

    /// How the server took what the client told it, and that it deletes its session. What was told more or less often than
    /// before is not compared: nobody knows which is which.
    mutating func compareTaking() {
        for (method, exchanges) in old.told.sorted(by: { $0.key < $1.key }) where method != "notifications/cancelled" {
            guard let others = new.told[method], others.count == exchanges.count else { continue }
            for (one, other) in zip(exchanges, others) {
                compare(taking: old.exchanges[one], new.exchanges[other], of: method)
            }
        }
        compare(taking: old.deletion, new.deletion, of: "DELETE")
    }

    private mutating func compare(
        taking recorded: SessionContents.ExchangeFacts?, _ live: SessionContents.ExchangeFacts?, of method: String
    ) {
        var context = DifferenceContext(method: method, recordedNs: 0, liveNs: 0)
        context.place = .httpBody
        compare(recorded, live, context, hasBody: true, of: "\(method) ", Pair(nil, nil))
    }

    /// `prefix`: what stands before the path.
    private mutating func compare(
        _ recorded: SessionContents.ExchangeFacts?, _ live: SessionContents.ExchangeFacts?,
        _ context: DifferenceContext,
        hasBody: Bool, of prefix: String, _ pair: Pair
    ) {
        guard let recorded, let live, let before = recorded.status, let now = live.status, old.dialect == new.dialect,
            before >= 300 || now >= 300
        else { return }
        guard before == now else {
            return found(
                Divergence(.status, path: "\(prefix)http.status", recorded: "\(before)", live: "\(now)"), pair)
        }
        guard hasBody else { return }
        for difference in Self.differences(recorded.errorBody, live.errorBody, context) {
            var divergence = divergence(difference, .status)
            divergence.path = prefix + divergence.path
            found(divergence, pair)
        }
    }

    /// Of two JSON texts member by member, of others as a whole.
    private static func differences(
        _ recorded: [UInt8]?, _ live: [UInt8]?, _ context: DifferenceContext
    ) -> [Difference] {
        guard recorded != live else { return [] }
        let trees = [recorded, live].map { body in
            body.map { JSONTree($0) ?? .string(String(decoding: $0, as: UTF8.self)) }
        }
        return TreeComparison.differences(trees[0], trees[1], at: .root, in: context)
    }
}

extension SessionContents {
    func exchange(of call: CallRow) -> ExchangeFacts? { call.exchangeID.flatMap { exchanges[$0] } }

    /// The last time that the client deleted its session.
    fileprivate var deletion: ExchangeFacts? {
        exchanges.filter { $0.value.method == "DELETE" }.max { $0.key < $1.key }?.value
    }
}
