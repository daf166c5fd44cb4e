import WireFormats

/// A step that is not yet in its place.
struct Draft {
    enum What {
        case call(CallDraft)
        case notification([UInt8])
        /// Calls by their row ids.
        case cancel(of: Int64, heard: Int)
        case cut(of: Int64?, heard: Int)
    }

    var what: What
    var start: Int64
    /// nil: it never ended.
    var end: Int64?
    /// It became a part of a step before it.
    var isJoined = false
}

/// A call while its messages are read.
struct CallDraft {
    var id: Int64
    var method: String
    var name: String?
    var exchange: Int64?
    var body: [UInt8]
    var rounds: [CallStep.Round] = []
    var isAnswered = false
    /// The client took it back before its answer.
    var isCancelled = false
    /// When its last answer came, also one that asked for input.
    var heardNs: Int64 = 0
    /// `inputRequests` that wait for the next round.
    var asked: [UInt8]?
    /// What a `tasks/get` was told.
    var taskID: String?
    var taskStatus: String?
    var pollIntervalNs: Int64?
    var tasks = CallStep.TaskPolicy.once
    var joined: [Int64] = []

    var isListening: Bool { method == "subscriptions/listen" }
}

/// What is needed of an exchange when its contents are gone.
struct ExchangeFacts {
    var id: Int64
    var method: String
    var target: String
    var lastEventID: String?
    var start: Int64
    var opened: Int64?
    var end: Int64?
    var isLeftByClient: Bool
    var isStream: Bool
    var status: Int?
    var carriesMessages = false
}

/// How many notifications that count had come before a step, and when the last of them did.
struct Tellings {
    private let times: [Int64]
    private var count = 0

    init(_ times: [Int64]) { self.times = times.sorted() }

    /// Drafts are asked for in the order of their starts. What takes a call back or leaves a stream has a measure of its
    /// own.
    mutating func before(_ draft: Draft, since ended: Int64) -> (count: Int, ns: Int64) {
        while count < times.count, times[count] < draft.start { count += 1 }
        switch draft.what {
        case .cancel, .cut: return (0, 0)
        case .call, .notification: return (count, count > 0 ? max(times[count - 1] - ended, 0) : 0)
        }
    }
}
