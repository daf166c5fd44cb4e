import WireFormats

/// The fields that repeat parts of the body for those on the way (MCP 2026-07-28 transports, standard request headers).
extension ConversationMachine {
    func writeRoutingFields(
        _ text: RawSpan, _ envelope: JSONRPCEnvelope, _ output: inout ConversationOutput
    ) {
        writePostFields(&output)
        output.write("MCP-Protocol-Version: ")
        if let version = envelope.metaVersion {
            output.write(text, version.lowerBound + 1..<version.upperBound - 1)
        } else {
            output.write("2026-07-28")
        }
        output.write("\r\n")
        guard let method = envelope.method else { return }
        writeField("Mcp-Method: ", method, in: text, &output)
        if let name = routedName(text, envelope) { writeField("Mcp-Name: ", name, in: text, &output) }
    }

    /// What the request is about, where its method says that a field repeats it.
    private func routedName(_ text: RawSpan, _ envelope: JSONRPCEnvelope) -> Range<Int>? {
        if envelope.isMethod("tools/call", in: text) || envelope.isMethod("prompts/get", in: text) {
            return JSONScan.value(at: StatelessDialect.toolPath, in: text)
        }
        if envelope.isMethod("resources/read", in: text) {
            return JSONScan.value(at: StatelessDialect.resourcePath, in: text)
        }
        if envelope.isMethod("tasks/get", in: text) || envelope.isMethod("tasks/update", in: text)
            || envelope.isMethod("tasks/cancel", in: text)
        {
            return JSONScan.value(at: StatelessDialect.taskPath, in: text)
        }
        return nil
    }

    /// Writes the value of a JSON string: as it is where it is plain, else in base64 (value encoding).
    private func writeField(
        _ name: StaticString, _ range: Range<Int>, in text: RawSpan, _ output: inout ConversationOutput
    ) {
        guard JSONScan.type(of: range, in: text) == .string else { return }
        output.write(name)
        let content = range.lowerBound + 1..<range.upperBound - 1
        let isPlain = text.withUnsafeBytes { FieldValue.isPlain(UnsafeRawBufferPointer(rebasing: $0[content])) }
        if isPlain {
            output.write(text, content)
        } else if let value = JSONScan.string(at: range, in: text) {
            output.write(FieldValue.encoded(value))
        }
        output.write("\r\n")
    }
}

/// Values of header fields that repeat text of a body (MCP 2026-07-28 transports, value encoding).
package enum FieldValue {
    /// Whether a JSON string's content is its value and may stand in a field as it is: printable ASCII without escapes,
    /// without blanks at its ends, not to be taken for an encoded one.
    static func isPlain(_ content: UnsafeRawBufferPointer) -> Bool {
        guard let first = content.first, let last = content.last else { return true }
        guard first != 0x20, last != 0x20, !content.starts(with: "=?".utf8) else { return false }
        return content.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
    }

    /// The text as a field has it: itself, or `=?base64?…?=`.
    package static func encoded(_ text: String) -> [UInt8] {
        let bytes = [UInt8](text.utf8)
        let isPlain = bytes.withUnsafeBytes { content -> Bool in
            guard let first = content.first, let last = content.last else { return true }
            return first != 0x20 && last != 0x20 && !content.starts(with: "=?".utf8)
                && content.allSatisfy { (0x20...0x7E).contains($0) }
        }
        return isPlain ? bytes : [UInt8]("=?base64?".utf8) + base64(bytes) + [UInt8]("?=".utf8)
    }

    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let alphabet = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for digit in 0..<4 {
                text.append(digit <= group.count ? alphabet[bits >> (18 - 6 * digit) & 63] : UInt8(ascii: "="))
            }
        }
        return text
    }
}
