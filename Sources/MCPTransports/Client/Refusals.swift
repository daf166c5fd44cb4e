import NIOCore

/// What a server said beside a status of failure, so that errors can tell it: the beginnings of the last few.
struct Refusals {
    private struct Refusal {
        var exchange: UInt32
        var status: Int
        var body: [UInt8] = []
    }
    private var last: [Refusal] = []

    private static let limit = 4
    private static let kept = 1024
    private static let width = 200

    mutating func began(_ exchange: UInt32, status: Int) {
        guard status >= 400 else { return }
        if last.count == Self.limit { last.removeFirst() }
        last.append(Refusal(exchange: exchange, status: status))
    }

    mutating func body(_ exchange: UInt32, _ bytes: ByteBuffer) {
        guard let index = last.lastIndex(where: { $0.exchange == exchange }) else { return }
        last[index].body += bytes.readableBytesView.prefix(Self.kept - last[index].body.count)
    }

    /// They were on the way to a conversation that is open now.
    mutating func forget() { last = [] }

    /// The status of the first of them, and what was said beside it.
    var first: (status: Int, said: String?)? { last.first.map { ($0.status, Self.line(of: $0.body)) } }

    /// What was said last beside this status.
    func said(with status: Int) -> String? {
        last.last { $0.status == status }.flatMap { Self.line(of: $0.body) }
    }

    /// The message of an error in JSON, the title of a page, the first line of other text; nil where there is none.
    static func line(of body: [UInt8]) -> String? {
        if let json = try? JSONValue(parsing: body) {
            let error = json["error"]
            let said = error?["message"] ?? error ?? json["message"] ?? json["detail"]
            return said?.stringValue.flatMap(shown)
        }
        // Its end may have been cut within a character.
        guard !body.contains(0), let first = body.first(where: { $0 > 0x20 }) else { return nil }
        let text = String(decoding: body, as: UTF8.self)
        guard first == UInt8(ascii: "<") else { return shown(text) }
        let title = text.firstMatch(of: #/(?i)<title>([^<]*)</title>/#)
        return title.flatMap { shown(String($0.output.1)) }
    }

    private static func shown(_ text: String) -> String? {
        let lines = text.split(whereSeparator: \.isNewline).lazy
        guard let line = lines.map({ $0.filter { !$0.isControl } }).first(where: { $0.contains { $0 != " " } }) else {
            return nil
        }
        return line.count <= width ? line : line.prefix(width - 1) + "…"
    }
}

extension Character {
    fileprivate var isControl: Bool { unicodeScalars.contains { $0.properties.generalCategory == .control } }
}
