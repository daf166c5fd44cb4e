import WireFormats

extension TextPart {
    /// So much of what stood before a value tells where it stands now.
    private static let anchor = 24

    /// The piece of a live text that stands where the recorded value stood: between the same words, else behind the same
    /// last words. Nil where those are not there.
    func find(in text: String, recorded: JSONTree) -> String? {
        let live = Array(text.utf8)
        let (before, behind) = (Array(before.utf8), Array(behind.utf8))
        if live.count > before.count + behind.count, live.starts(with: before),
            live.suffix(behind.count).elementsEqual(behind)
        {
            let middle = live[before.count..<live.count - behind.count]
            if middle.allSatisfy(MintedText.isPiece) { return String(decoding: middle, as: UTF8.self) }
        }
        return Self.piece(behind: before.suffix(Self.anchor), of: live, nth: Self.count(before))
    }

    /// How often the anchor stands in what is before the value.
    private static func count(_ before: [UInt8]) -> Int {
        let anchor = before.suffix(anchor)
        return places(of: anchor, in: before).count
    }

    private static func piece(behind anchor: ArraySlice<UInt8>, of text: [UInt8], nth: Int) -> String? {
        let ends = anchor.isEmpty ? [0] : places(of: anchor, in: text)
        guard let start = ends.dropFirst(max(nth - 1, 0)).first ?? ends.last else { return nil }
        let piece = text[start...].prefix(while: MintedText.isPiece)
        return piece.isEmpty ? nil : String(decoding: piece, as: UTF8.self)
    }

    /// Where the anchor ends, each time.
    private static func places(of anchor: ArraySlice<UInt8>, in text: [UInt8]) -> [Int] {
        guard let first = anchor.first, text.count >= anchor.count else { return [] }
        return (0...text.count - anchor.count).filter {
            text[$0] == first && text[$0..<$0 + anchor.count].elementsEqual(anchor)
        }.map { $0 + anchor.count }
    }
}
