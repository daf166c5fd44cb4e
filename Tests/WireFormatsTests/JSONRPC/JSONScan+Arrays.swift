import WireFormats

/// The scan's questions on arrays: a macro of the tests cannot take a span apart.
extension JSONScan {
    static func validate(_ text: [UInt8]) -> Bool { validate(text.span.bytes) }
    static func value(at path: [String], in text: [UInt8]) -> Range<Int>? { value(at: path, in: text.span.bytes) }
    static func elements(of text: [UInt8]) -> [Range<Int>]? { elements(of: text.span.bytes) }
    static func members(of text: [UInt8]) -> [(key: Range<Int>, value: Range<Int>)]? { members(of: text.span.bytes) }
    static func type(of range: Range<Int>, in text: [UInt8]) -> ValueType? { type(of: range, in: text.span.bytes) }
    static func string(at range: Range<Int>, in text: [UInt8]) -> String? { string(at: range, in: text.span.bytes) }
    static func integer(at range: Range<Int>, in text: [UInt8]) -> Int? { integer(at: range, in: text.span.bytes) }
}

/// A message with its envelope and the values of the envelope's parts.
struct ScannedMessage {
    let text: [UInt8]
    let envelope: JSONRPCEnvelope

    init(_ text: String) { self.init(Array(text.utf8)) }

    init(_ text: [UInt8]) {
        self.text = text
        envelope = JSONRPCEnvelope(text.span.bytes)
    }

    func raw(_ range: Range<Int>?) -> String? { range.map { String(decoding: text[$0], as: UTF8.self) } }
    func string(_ range: Range<Int>?) -> String? { range.flatMap { JSONScan.string(at: $0, in: text) } }
    var id: JSONRPCID? { envelope.idValue(in: text.span.bytes) }
    var method: String? { envelope.methodValue(in: text.span.bytes) }
    var name: String? { envelope.nameValue(in: text.span.bytes) }
    func isMethod(_ name: StaticString) -> Bool { envelope.isMethod(name, in: text.span.bytes) }
}
