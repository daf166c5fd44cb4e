import WireFormats

/// What the server asked the client, and what that answered: a request of its own, or a part of a round.
///
/// `ping` is none: it is answered at once.
package struct RecordedQuestion: Sendable {
    package enum Answer: Sendable, Hashable {
        /// JSON text of `result`.
        case result([UInt8])
        /// JSON text of `error`.
        case error([UInt8])
        /// The recording has none.
        case none
    }

    /// The message that asked.
    package var messageID: Int64
    package var method: String
    package var params: JSONTree?
    /// By which a round names it.
    package var key: String?
    /// The step on whose behalf it was asked; nil where that is not known.
    package var parentStep: Int?
    package var answer: Answer
    /// How long the client took to answer.
    package var thinkNs: Int64
    /// Its place among the session's questions of this method, from 0.
    package var ordinal: Int

    package init(
        messageID: Int64, method: String, params: JSONTree? = nil, key: String? = nil, parentStep: Int? = nil,
        answer: Answer, thinkNs: Int64 = 0, ordinal: Int = 0
    ) {
        self.messageID = messageID
        self.method = method
        self.params = params
        self.key = key
        self.parentStep = parentStep
        self.answer = answer
        self.thinkNs = thinkNs
        self.ordinal = ordinal
    }
}
