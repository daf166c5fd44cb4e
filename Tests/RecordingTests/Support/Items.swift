import Forwarding
import NIOCore

@testable import Recording

/// Items as the forwarder's tap gives them.
extension TapItem {
    static func opened(_ connection: UInt32) -> TapItem {
        TapItem(connection: connection, part: .opened(client: "127.0.0.1:\(40000 + connection)", server: "127.0.0.1:1"))
    }

    static func closed(_ connection: UInt32) -> TapItem {
        TapItem(connection: connection, part: .closed(by: .client, reason: .fin))
    }

    static func ended(_ connection: UInt32, _ exchange: UInt32) -> TapItem {
        TapItem(connection: connection, exchange: exchange, part: .exchangeEnded(by: .server, reason: .complete))
    }

    /// With bytes that pin what they are long, or `pinned`.
    static func item(
        _ part: TapPart, _ connection: UInt32, _ exchange: UInt32 = 0, _ text: String = "", pinned: UInt32? = nil
    ) -> TapItem {
        TapItem(
            connection: connection, exchange: exchange, part: part, bytes: ByteBuffer(string: text),
            pinnedBytes: pinned ?? UInt32(text.utf8.count))
    }

    static func request(_ connection: UInt32, _ exchange: UInt32, _ line: String = "POST /mcp HTTP/1.1") -> TapItem {
        item(.requestHead, connection, exchange, line + "\r\nHost: localhost\r\n\r\n")
    }

    /// A whole exchange of a GET and an empty answer.
    static func exchange(_ connection: UInt32, _ exchange: UInt32) -> [TapItem] {
        [
            request(connection, exchange, "GET /n=\(exchange) HTTP/1.1"),
            TapItem(connection: connection, exchange: exchange, part: .requestEnd),
            item(.responseHead, connection, exchange, "HTTP/1.1 204 None\r\n\r\n"),
            TapItem(connection: connection, exchange: exchange, part: .responseEnd), ended(connection, exchange),
        ]
    }
}

extension TapQueue {
    func add(_ items: TapItem...) -> Bool { add(items) }

    @discardableResult
    func add(_ items: [TapItem]) -> Bool {
        var items = items
        return record(&items)
    }
}

extension TapQueue.Batch {
    /// One line an entry: the part's name and numbers, or what a gap counts.
    var lines: [String] {
        entries.map {
            switch $0 {
            case .item(let item): "\(item.part.name) \(item.connection) \(item.exchange)"
            case .gap(let connection, let exchange, let bytes): "gap \(connection) \(exchange): \(bytes)"
            }
        }
    }
}

extension TapPart {
    var name: String { String("\(self)".prefix { $0 != "(" }) }
}
