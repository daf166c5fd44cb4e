import Testing
import WireFormats

@Suite struct HTTP1SmugglingTests {
    @Test(arguments: SmugglingCorpus.all.indices)
    func `no ambiguous request passes, nor what hides behind it`(_ index: Int) {
        let attack = SmugglingCorpus.all[index]
        let transcript = Transcript(attack.text)
        #expect(transcript.error == attack.kind, "\(attack.name)")
        #expect(transcript.endCount == 0, "\(attack.name)")
        #expect(!transcript.heads.contains { $0.startLine.contains("/hidden") }, "\(attack.name)")
    }

    @Test(arguments: SmugglingCorpus.all.indices)
    func `one who only looks on notes every ambiguity`(_ index: Int) {
        let attack = SmugglingCorpus.all[index]
        let transcript = Transcript(attack.text, .request, .observe)
        if attack.kind == .http2Preface {
            #expect(transcript.error == .http2Preface)
            return
        }
        #expect(transcript.error == nil)
        // The last message may lack its end.
        var parser = HTTP1Parser(role: .request, policy: .observe)
        let bytes = Wire.bytes(attack.text)
        var position = 0
        var noted: [HTTP1Error.Kind] = []
        while let part = try? parser.next(bytes.span.bytes, &position) {
            if case .skipped = part { noted.append(.http09) }
            noted += parser.head.deviations.kinds
        }
        noted += parser.head.deviations.kinds
        #expect(noted.contains(attack.kind) || noted.contains(.invalidTarget), "\(attack.name): \(noted)")
    }

    @Test(arguments: HTTP1Error.Kind.allCases)
    func `every kind of deviation has a sentence that names its clause`(_ kind: HTTP1Error.Kind) {
        let sentence = HTTP1Error(kind).description
        #expect(sentence.hasSuffix("."))
        #expect(sentence.contains("RFC") || kind == .bytesLost)
        let others = HTTP1Error.Kind.allCases.filter { $0 != kind }
        #expect(!others.contains { $0.sentence == sentence })
        #expect((400..<600).contains(HTTP1Error(kind).responseStatus))
    }
}
