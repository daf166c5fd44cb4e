import TestSupport
import Testing
import WireFormats

/// Bytes nobody wrote: mutations of the corpora, each piece in an allocation of its own size. Reads out of bounds trap
/// in builds with checks.
@Suite struct HTTP1MutationTests {
    static let alphabet = Wire.bytes("\r\n\t :;,0159afxA/HTPG.\u{0}\u{7F}\u{E9}")

    static func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0..<3, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &random)
            let byte = alphabet.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[index] = byte
            case 1: bytes.insert(byte, at: index)
            case 2: bytes.remove(at: index)
            case 3: bytes.removeSubrange(index..<min(bytes.count, index + 7))
            default: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 9)], at: index)
            }
        }
        return bytes
    }

    static func pieces(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Int.random(in: 1...40, using: &random))
            pieces.append(Array(bytes[start..<end]))
            start = end
        }
        return pieces
    }

    static let corpus = HTTP1SplitTests.requests + HTTP1SplitTests.responses + DifferentialCorpus.all.map(\.text)

    @Test(arguments: [HTTP1Parser.Role.request, .response], [HTTP1Parser.Policy.strict, .observe])
    func `mutated bytes give the same however they are split, and are all accounted for`(
        _ role: HTTP1Parser.Role, _ policy: HTTP1Parser.Policy
    ) {
        var random = SeededGenerator(state: 20_250_618)
        for text in Self.corpus {
            let bytes = Self.mutated(Wire.bytes(text), &random)
            let parser = Wire.parser(role, policy, to: [.post, .head, .get])
            let whole = Transcript([bytes], parser)
            let split = Transcript(Self.pieces(bytes, &random), parser)
            let name = Latin1.text(bytes.span.bytes).debugDescription
            #expect(split.entries == whole.entries, "\(name)")
            #expect(split.error == whole.error, "\(name)")
            #expect(split.ending == whole.ending, "\(name)")
            if whole.error == nil { #expect(whole.consumed == bytes && split.consumed == bytes, "\(name)") }
            if policy == .observe { #expect(whole.error == nil || whole.error == .http2Preface, "\(name)") }
        }
    }

    @Test func `what is accepted of mutated requests is framed alike by one who looks on`() {
        var random = SeededGenerator(state: 1)
        for text in Self.corpus {
            let bytes = Self.mutated(Wire.bytes(text), &random)
            let strict = Transcript([bytes], Wire.parser(.request, .strict))
            let lenient = Transcript([bytes], Wire.parser(.request, .observe))
            guard strict.error == nil else { continue }
            #expect(lenient.entries.elementsEqual(strict.entries), "\(Latin1.text(bytes.span.bytes).debugDescription)")
        }
    }

    @Test func `no mutation in front of or behind it lets an ambiguous request pass`() {
        var random = SeededGenerator(state: 7)
        for attack in SmugglingCorpus.all {
            for _ in 0..<20 {
                // Fields that mean nothing, in varying number and length, move the attack through the bytes.
                let count = Int.random(in: 0..<4, using: &random)
                let padding = (0..<count).map {
                    "P\($0): " + String(repeating: "p", count: Int.random(in: 0..<40, using: &random)) + "\r\n"
                }
                guard let end = attack.text.firstRange(of: "\r\nHost: localhost\r\n")?.upperBound else { continue }
                let text = attack.text[..<end] + padding.joined() + attack.text[end...]
                let transcript = Transcript(
                    Self.pieces(Wire.bytes(String(text)), &random), Wire.parser(.request, .strict))
                #expect(transcript.error == attack.kind, "\(attack.name)")
            }
        }
    }
}
