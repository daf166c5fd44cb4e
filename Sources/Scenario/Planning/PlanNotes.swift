/// What is counted while messages are read, to be told in sentences.
struct PlanNotes {
    var invalidMessages = 0
    var batched = 0
    var refusedHeaders = 0
    /// POSTs that carried no message of the protocol.
    var otherRequests = 0
    var gaps = 0
    var unanswered: [String] = []

    var sentences: [String] {
        var found: [String] = []
        if gaps > 0 {
            found.append("the recording has \(Self.count(gaps, "gap")): what was said there is not in the plan")
        }
        if invalidMessages > 0 {
            found.append(
                "\(Self.count(invalidMessages, "message")) of the client that \(invalidMessages == 1 ? "is" : "are") no "
                    + "JSON-RPC will not be sent")
        }
        if batched > 0 {
            found.append("\(Self.count(batched, "message")) that came in batches will be sent one by one")
        }
        if otherRequests > 0 {
            found.append(
                "\(Self.count(otherRequests, "HTTP request")) without a message of the protocol will not be sent")
        }
        if refusedHeaders > 0 {
            found.append(
                "\(Self.count(refusedHeaders, "request")) whose header fields contradicted the body will be sent with "
                    + "right ones")
        }
        if !unanswered.isEmpty {
            let names = unanswered.prefix(5).joined(separator: ", ") + (unanswered.count > 5 ? ", …" : "")
            found.append("the recording has no answer to \(names): sent, and not waited for")
        }
        return found
    }

    static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
}
