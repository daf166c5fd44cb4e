import TestSupport
import WireFormats

/// Streams made of the pieces that parsers stumble over.
enum RandomStream {
    private static let pieces: [[UInt8]] =
        [
            "data", "data:", "data: ", "data:  x", "id", "id:", "id: 1", "id: \0", "event: message", "event:", "event",
            "retry: 100", "retry: 1x", "retry", "retry: 007", ":", ": ping", ":x", "Data: x", " data: x", "x",
            "é", "😀",
            "{\"a\":1}", "\0",
            "\u{FEFF}", " ", "\t", "datax: y", "data:a:b",
        ].map { Array($0.utf8) } + [[0x80], [0xF0, 0x9F], [0xFF]]
    private static let lineEnds: [[UInt8]] = [[0x0A], [0x0D], [0x0D, 0x0A]]

    static func bytes(using generator: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        if Int.random(in: 0..<5, using: &generator) == 0 { bytes += [0xEF, 0xBB, 0xBF] }
        // Most streams keep to one kind of line end, as real ones do.
        let usual = lineEnds.randomElement(using: &generator) ?? []
        for _ in 0..<Int.random(in: 0...30, using: &generator) {
            if Int.random(in: 0..<3, using: &generator) > 0 {
                bytes += pieces.randomElement(using: &generator) ?? []
            }
            if Int.random(in: 0..<5, using: &generator) > 0 {
                let isUsual = Int.random(in: 0..<4, using: &generator) > 0
                bytes += isUsual ? usual : lineEnds.randomElement(using: &generator) ?? []
            }
        }
        return bytes
    }
}

/// The standard's steps one by one on decoded text, slow and plain: something to compare with.
/// (WHATWG HTML §9.2.6)
struct LineByLineSource {
    private(set) var events: [EventSourceState.Event] = []
    private var lastEventID = ""
    private var reconnectionTime: Int?
    private var data = ""
    private var type = ""
    private var idBuffer = ""

    var state: EventSourceState { EventSourceState(lastEventID: lastEventID, reconnectionTime: reconnectionTime) }

    init(_ bytes: [UInt8]) {
        var scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        var line = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            guard scalar == "\r" || scalar == "\n" else {
                line.append(scalar)
                continue
            }
            if scalar == "\r", index < scalars.count, scalars[index] == "\n" { index += 1 }
            process(line)
            line = String.UnicodeScalarView()
        }
    }

    private mutating func process(_ line: String.UnicodeScalarView) {
        guard let first = line.first else { return dispatch() }
        if first == ":" { return }
        guard let colon = line.firstIndex(of: ":") else { return processField(String(line), "") }
        var value = line[line.index(after: colon)...]
        if value.first == " " { value = value.dropFirst() }
        processField(String(line[..<colon]), String(value))
    }

    private mutating func processField(_ name: String, _ value: String) {
        // Swift's == would take canonically equal texts for the same.
        switch Array(name.utf8) {
        case Array("event".utf8): type = value
        case Array("data".utf8): data += value + "\n"
        case Array("id".utf8): if !value.unicodeScalars.contains("\0") { idBuffer = value }
        case Array("retry".utf8):
            if !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { reconnectionTime = Int(value) }
        default: break
        }
    }

    private mutating func dispatch() {
        lastEventID = idBuffer
        defer { (data, type) = ("", "") }
        guard !data.isEmpty else { return }
        var text = data.unicodeScalars
        text.removeLast()
        events.append(.init(type: type.isEmpty ? "message" : type, data: String(text), lastEventID: lastEventID))
    }
}
