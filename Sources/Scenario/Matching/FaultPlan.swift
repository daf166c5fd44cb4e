/// What goes wrong on purpose in a mock server.
package enum MockFault: String, Sendable, Hashable, CaseIterable {
    /// The connection closes without an answer.
    case drop
    /// Nothing ever comes.
    case stall
    /// A JSON-RPC error instead of the answer.
    case error
    /// Pauses are ten times as long, and there is one of a second at least.
    case slow
    /// The answer breaks off in the middle, and the connection with it.
    case truncate
    /// Every event is sent twice.
    case duplicate
}

/// Which requests meet a fault: a share of each kind, and for a seed always the same ones, whatever happens at the same
/// time. Handshakes are left alone, because without them there is no conversation to disturb.
package struct FaultPlan: Sendable, Hashable {
    private let rates: [MockFault: Double]
    private let seed: UInt64

    package static let none = FaultPlan(rates: [:], seed: 0)

    /// - Parameter rates: From 0 to 1, together at most 1.
    package init(rates: [MockFault: Double], seed: UInt64) {
        self.rates = rates
        self.seed = seed
    }

    /// The fault and rate of `drop=0.1` or `drop=10%`.
    package static func parse(_ text: String) -> (fault: MockFault, rate: Double)? {
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let fault = MockFault(rawValue: String(parts[0])) else { return nil }
        let isPercent = parts[1].hasSuffix("%")
        guard let number = Double(isPercent ? parts[1].dropLast() : parts[1]) else { return nil }
        let rate = isPercent ? number / 100 : number
        return (0...1).contains(rate) ? (fault, rate) : nil
    }

    package var isEmpty: Bool { rates.isEmpty }

    /// The fault of the so manieth request for a method and name, of the so manieth conversation.
    package func fault(method: String, name: String?, ordinal: Int, conversation: Int = 1) -> MockFault? {
        guard !rates.isEmpty, method != "initialize", method != "server/discover" else { return nil }
        let later = conversation > 1 ? " \(conversation)" : ""
        var draw = Self.fraction(seed, "\(method) \(name ?? "") \(ordinal)\(later)")
        for fault in MockFault.allCases {
            guard let rate = rates[fault] else { continue }
            if draw < rate { return fault }
            draw -= rate
        }
        return nil
    }

    /// From 0 to below 1, evenly spread over texts: FNV-1a, then the finish of SplitMix64.
    private static func fraction(_ seed: UInt64, _ text: String) -> Double {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash &+= 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        hash ^= hash >> 31
        return Double(hash >> 11) / Double(1 << 53)
    }
}
