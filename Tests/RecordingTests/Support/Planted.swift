import TestSupport
import Traffic

/// Exchanges with a secret of its own in each place that one can stand in.
struct Planted: Sendable {
    struct Exchange: Sendable {
        var request: [UInt8]
        var requestBody: [UInt8] = []
        /// Of the content, fewer bytes are sent than the head announces.
        var isRequestCut = false
        var response: [UInt8] = []
        var responseBody: [UInt8] = []
        /// The server closes when it has sent all that there is.
        var isResponseCut = false
    }

    private(set) var exchanges: [Exchange] = []
    /// Each secret and where it was planted.
    private(set) var secrets: [(place: String, value: String)] = []
    private var random = SeededGenerator(5)

    /// A secret like no other text. Of letters and digits, so that no escape changes it.
    mutating func secret(_ place: String) -> String {
        let letters = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        let value = "Sx" + String((0..<22).map { _ in letters[random.below(letters.count)] })
        secrets.append((place, value))
        return value
    }

    /// One made of digits.
    mutating func number(_ place: String) -> String {
        let value = "9" + (0..<16).map { _ in "\(random.below(10))" }.joined()
        secrets.append((place, value))
        return value
    }

    mutating func request(
        _ method: String = "POST", _ query: String = "", path: String = "/mcp", _ fields: [String] = [],
        _ body: [UInt8] = [], announced: Int? = nil
    ) {
        let target = "\(path)?\(query)&n=\(exchanges.count)"
        var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost", "Mcp-Session-Id: planted"] + fields
        if !lines.contains(where: { $0.hasPrefix("Content-Type") }) { lines.append("Content-Type: application/json") }
        lines.append("Content-Length: \(announced ?? body.count)")
        exchanges.append(
            Exchange(
                request: Array((lines + ["", ""]).joined(separator: "\r\n").utf8), requestBody: body,
                isRequestCut: announced != nil))
    }

    mutating func response(
        _ status: Int = 200, _ fields: [String] = [], _ body: [UInt8] = [], announced: Int? = nil, type: String? = nil
    ) {
        let lines =
            ["HTTP/1.1 \(status) R"] + fields
            + ["Content-Type: \(type ?? "application/json")", "Content-Length: \(announced ?? body.count)"]
        exchanges[exchanges.count - 1].response = Array((lines + ["", ""]).joined(separator: "\r\n").utf8)
        exchanges[exchanges.count - 1].responseBody = body
        exchanges[exchanges.count - 1].isResponseCut = announced != nil
    }

    /// An event stream in chunks of random sizes; a cut one ends within its last block.
    mutating func stream(_ fields: [String] = [], _ bytes: [UInt8], isCut: Bool = false) {
        let lines =
            ["HTTP/1.1 200 OK"] + fields + ["Content-Type: text/event-stream", "Transfer-Encoding: chunked"]
        var chunks: [UInt8] = []
        for piece in bytes.pieces(upTo: 40, using: &random) {
            chunks += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [13, 10]
        }
        exchanges[exchanges.count - 1].response = Array((lines + ["", ""]).joined(separator: "\r\n").utf8)
        exchanges[exchanges.count - 1].responseBody = chunks + (isCut ? [] : Array("0\r\n\r\n".utf8))
        exchanges[exchanges.count - 1].isResponseCut = isCut
    }
}

extension Planted {
    /// Plays the server while `body` runs.
    func serve(while body: (_ port: Int) async throws -> Void) async throws {
        try await Loopback.serve(
            { wire in
                while let head = try await wire.receiveHead() {
                    guard let number = PlannedExchange.number(in: head) else { return }
                    let exchange = exchanges[number]
                    _ = try await wire.receive(exactly: exchange.requestBody.count)
                    if exchange.isRequestCut {
                        // Lets the client know that all of it has come.
                        try await wire.send("HTTP/1.1 103 R\r\n\r\n")
                        _ = try await wire.receiveAll()
                        return
                    }
                    try await wire.send(exchange.response)
                    var random = SeededGenerator(number)
                    for piece in exchange.responseBody.pieces(upTo: 7, using: &random) { try await wire.send(piece) }
                    if exchange.isResponseCut { return }
                }
            }, while: body)
    }

    /// Plays the client of one exchange, on a connection of its own, and calls `meanwhile` when all but its end has come.
    func call(_ exchange: Exchange, _ port: Int, _ meanwhile: @Sendable () throws -> Void) async throws {
        try await Loopback.connect(port) { wire in
            var random = SeededGenerator(exchange.request.count)
            for piece in (exchange.request + exchange.requestBody).pieces(upTo: 30, using: &random) {
                try await wire.send(piece)
            }
            _ = try await wire.receiveHead()
            guard !exchange.isRequestCut else { return try meanwhile() }
            if exchange.isResponseCut {
                _ = try await wire.receiveAll()
            } else {
                _ = try await wire.receive(exactly: exchange.responseBody.count)
            }
            try meanwhile()
        }
    }
}
