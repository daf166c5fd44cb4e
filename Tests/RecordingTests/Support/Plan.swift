import TestSupport
import WireFormats

/// What the two peers of one exchange say, in bytes.
struct PlannedExchange: Sendable {
    var number: Int
    var requestFields: [(name: String, value: String)] = []
    var target = ""
    var method = "POST"
    var requestBody: [UInt8] = []
    /// The request's content with its framing.
    var requestWire: [UInt8] = []
    var responseFields: [(name: String, value: String)] = []
    var status = 200
    var responseBody: [UInt8] = []
    var responseWire: [UInt8] = []
    /// Sizes of the chunks of the response; nil where it is not chunked.
    var chunks: [Int]?
    var isStream = false
    /// The server's FIN is the end of the content.
    var endsByClose = false
    /// The client leaves when it has got what `responseWire` holds, which is not all that the head announces.
    var leavesEarly = false

    var requestHead: [UInt8] { Self.head("\(method) \(target) HTTP/1.1", requestFields) }
    var responseHead: [UInt8] { Self.head("HTTP/1.1 \(status) Reason", responseFields) }
    var request: [UInt8] { requestHead + requestWire }
    var response: [UInt8] { responseHead + responseWire }
    /// Nothing can follow on the connection.
    var isLast: Bool { endsByClose || leavesEarly }

    private static func head(_ line: String, _ fields: [(name: String, value: String)]) -> [UInt8] {
        Array((line + "\r\n" + fields.map { "\($0.name): \($0.value)\r\n" }.joined() + "\r\n").utf8)
    }

    /// The number in a request head that a proxy may have edited.
    static func number(in head: [UInt8]) -> Int? {
        let line = String(decoding: head, as: UTF8.self).prefix { $0 != "\r\n" && $0 != "\r" }
        guard let start = line.firstRange(of: "&n=") else { return nil }
        return Int(line[start.upperBound...].prefix { $0.isNumber })
    }
}

/// A seeded conversation of several connections.
struct Plan: Sendable {
    var connections: [[PlannedExchange]] = []
    var seed: Int

    var exchanges: [PlannedExchange] { connections.flatMap { $0 } }

    func exchange(_ number: Int) -> PlannedExchange? {
        connections.lazy.flatMap { $0 }.first { $0.number == number }
    }

    init(seed: Int, connections count: Int, exchangesUpTo limit: Int = 6) {
        self.seed = seed
        var random = SeededGenerator(seed)
        var number = 0
        for _ in 0..<count {
            var exchanges: [PlannedExchange] = []
            for _ in 0...random.below(limit) {
                number += 1
                exchanges.append(PlannedExchange.random(number, using: &random))
                if exchanges.last?.isLast == true { break }
            }
            connections.append(exchanges)
        }
    }
}
