import Conversation
import MCPTransports
import Scenario
import WireFormats

/// Against what, and how, a plan is driven.
package struct DriveSettings: Sendable {
    /// The whole URL, with its path.
    package var target: HTTPURL
    /// The dialect to speak; nil finds out which of them the server speaks.
    package var dialect: Conversation.Dialect?
    package var pace: Pace
    /// How long the server may take for an answer, what it waits for the client aside, and to take a notification.
    package var timeout: Duration
    /// The same of single steps that may take longer.
    package var longer: [Int: Duration] = [:]
    package var http: HTTPClientConfiguration
    /// Fields of every request.
    package var fields: [HTTPRequest.Field]
    /// Steps that are not done, by their number.
    package var skipping: Set<Int>
    /// The id of the first request; further ones count on. Clients whose ids overlap cannot be told apart where they have
    /// no sessions.
    package var firstID: Int
    /// How many messages the server sent that belong to no call: so many are waited for a little at the end.
    package var expectedUnasked = 0
    /// What is answered to questions that the recording does not have.
    package var onMiss = AnswerBook.MissPolicy.decline
    /// What does not count when the server's questions are found in the recording.
    package var masks = MaskSet()
    /// What stands for secrets that were masked in what the client sends, by their masks.
    package var secrets: [String: String] = [:]

    package init(
        target: HTTPURL, dialect: Conversation.Dialect? = nil, pace: Pace = .recorded, timeout: Duration = .seconds(30),
        http: HTTPClientConfiguration = .standard, fields: [HTTPRequest.Field] = [], skipping: Set<Int> = [],
        firstID: Int = 0
    ) {
        self.target = target
        self.dialect = dialect
        self.pace = pace
        self.timeout = timeout
        self.http = http
        self.fields = fields
        self.skipping = skipping
        self.firstID = firstID
    }
}

/// Sees what one client sends and receives, and may ask it to wait: while it is held nothing more is sent either, until
/// its maker says that it goes on. Used on the client's event loop.
package protocol DriveTap: WireObserver {
    /// The conversation is over.
    func handOver()
}

extension Duration {
    var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, isBeyond) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return isBeyond ? .max : whole.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
    }
}
