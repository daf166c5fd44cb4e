/// Content came encoded and was not decoded, or not to its end, so that messages in it are missing in the capture. Of
/// codings gzip and deflate are read; a client that offers no others (`Accept-Encoding`) gets no others.
package enum UnreadContent: ProblemKind {
    package static let name = "content-unread"
    package static let severity = Problem.Severity.warning

    package static func find(in facts: SessionFacts) -> [Problem] {
        facts.exchanges.flatMap { exchange in
            exchange.notes.compactMap { note in
                guard let text = text(note) else { return nil }
                let at = note.place == .request ? exchange.requestStartNs : exchange.responseStartNs
                return problem(
                    facts, at: at ?? exchange.requestStartNs, exchange: exchange.id,
                    severity: note.why == .trailing ? .notice : .warning,
                    "\(note.place.rawValue) of \(exchange.label): \(text)")
            }
        }
    }

    /// Nil where a gap tells it, or nothing is lost.
    private static func text(_ note: ContentNote) -> String? {
        switch note.why {
        case .unread: "body in an encoding that is not read: \(note.coding); its messages are missing here"
        case .broken: "the \(note.coding) body is broken after \(note.offset) bytes; what came before is kept"
        case .cut: "the \(note.coding) body ends after \(note.offset) bytes without its own end"
        case .trailing: "something that is no \(note.coding) follows behind the body's first \(note.offset) bytes"
        case .tooLarge, .rawLimit: nil
        }
    }
}
