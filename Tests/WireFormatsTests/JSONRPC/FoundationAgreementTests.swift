import Foundation
import TestSupport
import Testing
import WireFormats

@Suite("The scan and Foundation's decoders")
struct FoundationAgreementTests {
    private static func serializationTakes(_ data: Data) -> Bool {
        (try? JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed])) != nil
    }

    private static func decoderTakes(_ data: Data) -> Bool {
        (try? JSONDecoder().decode(EveryValue.self, from: data)) != nil
    }

    /// Compares the verdicts and gives the scan's.
    @discardableResult
    private func expectAgreement(_ text: [UInt8], alsoDecoder: Bool) -> Bool {
        let scan = JSONScan.validate(text)
        let data = Data(text)
        if Self.serializationTakes(data) != scan {
            let isExplained = FoundationDeviation.explains(text, scanTakesIt: scan, takes: Self.serializationTakes)
            #expect(isExplained, "\(String(decoding: text, as: UTF8.self).debugDescription) scan: \(scan)")
        }
        if alsoDecoder, Self.decoderTakes(data) != scan {
            let isExplained = FoundationDeviation.explains(text, scanTakesIt: scan, takes: Self.decoderTakes)
            #expect(isExplained, "\(String(decoding: text, as: UTF8.self).debugDescription) scan: \(scan)")
        }
        let kind = JSONRPCEnvelope(text.span.bytes).invalidity
        #expect((kind == .notJSON) == !scan, "\(String(decoding: text, as: UTF8.self).debugDescription)")
        return scan
    }

    @Test("agree on the corpus", arguments: JSONCorpus.valid + JSONCorpus.invalid + JSONCorpus.messages)
    func corpus(_ text: String) {
        expectAgreement(Array(text.utf8), alsoDecoder: true)
    }

    @Test("agree on what is not UTF-8", arguments: JSONCorpus.notUTF8)
    func notUTF8(_ bytes: [UInt8]) {
        expectAgreement([0x22] + bytes + [0x22], alsoDecoder: true)
    }

    @Test("agree on every beginning of a text", arguments: JSONCorpus.messages)
    func beginnings(_ text: String) {
        let bytes = Array(text.utf8)
        for length in 0...bytes.count { expectAgreement(Array(bytes[..<length]), alsoDecoder: length % 5 == 0) }
    }

    /// Each class of deviation by example, so that it is known when Foundation changes sides.
    @Test(
        "part only where the list of deviations says",
        arguments: [
            ("\u{FEFF}1", false), ("1\0", false), ("[1,]", false), (#"{"a":1,}"#, false), ("1e999", true),
            (#""\ud800""#, true),
        ])
    func deviations(_ text: String, _ scanTakesIt: Bool) {
        let bytes = Array(text.utf8)
        #expect(JSONScan.validate(bytes) == scanTakesIt)
        #expect(Self.serializationTakes(Data(bytes)) == !scanTakesIt)
        expectAgreement(bytes, alsoDecoder: true)
    }

    /// RFC 8259 §4 leaves it open; JSONSerialization, JavaScript, Python and Go take the last, JSONDecoder the first.
    @Test func `of equal names JSONSerialization takes the last, as the scan does`() throws {
        let text = #"{"a":1,"a":2}"#
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Int]
        #expect(object == ["a": 2])
        #expect(JSONScan.value(at: ["a"], in: Array(text.utf8)) == 11..<12)
    }

    @Test("agree on 200,000 mutated texts", .timeLimit(.minutes(3)), arguments: 0..<4)
    func mutated(_ seed: UInt64) {
        var generator = SeededGenerator(state: seed &+ 40)
        let seeds = (JSONCorpus.messages + JSONCorpus.valid).map { Array($0.utf8) }
        var taken = 0
        for round in 0..<50_000 {
            let text = JSONMutation.mutate(seeds, using: &generator)
            if expectAgreement(text, alsoDecoder: round % 50 == 0) { taken += 1 }
        }
        // Both verdicts must be common, or little was compared.
        #expect(taken > 5_000 && taken < 45_000, "\(taken)")
    }
}
