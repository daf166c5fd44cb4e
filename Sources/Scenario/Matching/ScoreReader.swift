import Traffic
import WireFormats

/// Reads a recorded session into the score that a mock server plays.
///
/// What the server said is laid to the cue that caused it: an answer, its progress and the questions on its way to their
/// request, whichever stream carried them; what belongs to nobody, such as a change of a list, to the last thing that
/// the client did before it.
package struct ScoreReader {
    let session: SessionRow?
    let exchanges: [ExchangeRow]
    var events: [Int64: [StreamEventRow]] = [:]
    var messages: [Int64: MessageRow] = [:]
    var texts: [Int64: [UInt8]] = [:]
    /// By exchange, those that the client sent in it.
    var sent: [Int64: [MessageRow]] = [:]
    /// By exchange, those that its response holds outside of a stream.
    var answered: [Int64: [MessageRow]] = [:]
    /// By stream event.
    var said: [Int64: MessageRow] = [:]
    /// When each request was answered.
    var answerTimes: [Int64: Int64] = [:]
    /// When each question was answered by the client.
    var questionAnswers: [Int64: Int64] = [:]
    var cues: [Cue] = []
    var cueOfExchange: [Int64: Int] = [:]
    var cueOfMessage: [Int64: Int] = [:]

    /// Reads all of it. Throws `noSuchSession`, and what reading throws.
    package static func read(_ id: Int64, in archive: any TrafficArchive) throws(StoreFailure) -> Score {
        guard let session = try archive.session(id) else {
            throw StoreFailure(.noSuchSession, "the capture has no session \(id)")
        }
        var reader = try ScoreReader(archive, session: session.row)
        reader.makeCues()
        reader.layActs()
        return Score(
            session: id, name: session.name, dialect: session.row.dialect, revision: session.row.revision,
            wireID: session.row.wireID, cues: reader.cues, minted: reader.mintedValues())
    }

    /// The score of what belonged to no session: whole responses, as they were refused.
    package static func read(unplaced exchanges: [ExchangeRow]) -> Score {
        var reader = ScoreReader(unplaced: exchanges.filter { !$0.isStream })
        reader.makeCues()
        reader.layActs()
        return Score(
            session: 0, name: nil, dialect: nil, revision: nil, wireID: nil, cues: reader.cues, minted: [])
    }

    private init(unplaced exchanges: [ExchangeRow]) {
        session = nil
        self.exchanges = exchanges
    }

    private init(_ archive: any TrafficArchive, session: SessionRow) throws(StoreFailure) {
        self.session = session
        exchanges = try archive.exchanges(ofSession: session.id).sorted {
            ($0.requestStartNs, $0.id) < ($1.requestStartNs, $1.id)
        }
        for exchange in exchanges where exchange.isStream {
            events[exchange.id] = try archive.streamEvents(ofExchange: exchange.id)
        }
        for message in try archive.messages(ofSession: session.id) { note(message, try archive.text(of: message)) }
    }

    private mutating func note(_ message: MessageRow, _ text: [UInt8]?) {
        messages[message.id] = message
        texts[message.id] = text
        guard let exchange = message.exchangeID else { return }
        if let event = message.streamEventID {
            said[event] = message
        } else if message.direction == .clientToServer {
            sent[exchange, default: []].append(message)
        } else {
            answered[exchange, default: []].append(message)
        }
        guard let question = message.answersID else { return }
        if message.direction == .serverToClient {
            answerTimes[question] = answerTimes[question] ?? message.atNs
        } else {
            questionAnswers[question] = questionAnswers[question] ?? message.atNs
        }
    }

    /// The values that a client may have had from the server: texts long enough not to be words of its own.
    private func mintedValues() -> Set<String> {
        var found: Set<String> = []
        for (id, message) in messages where message.direction == .serverToClient && message.kind == .response {
            guard let text = texts[id], let tree = JSONTree(text) else { continue }
            tree["result"]?.collectStrings { text in
                guard (8...512).contains(text.utf8.count), !text.contains(" ") else { return }
                if text.utf8.contains(where: { (0x30...0x39).contains($0) }) { found.insert(text) }
            }
        }
        return found
    }
}
