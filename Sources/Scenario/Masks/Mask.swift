import WireFormats

/// A rule that says which differences mean nothing. As narrow as it can be: whatever it takes can change unseen.
package protocol Mask: SendableMetatype {
    /// What a masked difference is stored with.
    static var name: String { get }

    /// Whether the difference as a whole means nothing.
    static func covers(_ difference: Difference, _ context: MaskContext) -> Bool

    /// The text with a mark in place of each thing in it that may differ; what is around it still counts.
    /// `atNs` is when it was said.
    static func replacing(in text: [UInt8], atNs: Int64, _ context: MaskContext, side: MaskSide) -> [UInt8]
}

/// Which of the two conversations a text is from.
package enum MaskSide: Sendable, Hashable {
    case recorded, live
}

/// What masks may know beside the difference itself.
package struct MaskContext: Sendable, Hashable {
    /// Values that the server made up in either conversation and that mean the same, the longest first.
    package private(set) var minted: [MintedPair] = []
    /// Calls were worked on at the same time, and what the server says comes on one stream.
    package var hasOverlap = false

    package init() {}

    package mutating func learn(_ pair: MintedPair) {
        guard pair.recorded != pair.live, !pair.recorded.isEmpty, !pair.live.isEmpty, !minted.contains(pair)
        else { return }
        let place = minted.firstIndex { $0.recorded.count < pair.recorded.count } ?? minted.endIndex
        minted.insert(pair, at: place)
    }
}

/// A value of the recorded conversation and the one that stands for it in the live one.
package struct MintedPair: Sendable, Hashable {
    package var recorded: [UInt8]
    package var live: [UInt8]

    package init(recorded: String, live: String) {
        self.recorded = Array(recorded.utf8)
        self.live = Array(live.utf8)
    }
}

extension Mask {
    package static func covers(_: Difference, _: MaskContext) -> Bool { false }

    package static func replacing(in text: [UInt8], atNs _: Int64, _: MaskContext, side _: MaskSide) -> [UInt8] { text }

    /// The mark that stands in place of what is masked; U+2039 and U+203A occur in hardly any text.
    static func mark(_ form: String = "") -> [UInt8] { Array("\u{2039}\(name)\(form)\u{203A}".utf8) }

    /// The text with a mark for each match; a match is tried where a word begins.
    static func replace(in text: [UInt8], _ match: (_ text: [UInt8], _ start: Int) -> (end: Int, form: String)?)
        -> [UInt8]
    {
        var result: [UInt8] = []
        var index = 0
        var begins = true
        while index < text.count {
            if begins, let found = match(text, index), found.end > index,
                found.end == text.count || !text[found.end].isWordByte
            {
                result += mark(found.form)
                index = found.end
                begins = false
                continue
            }
            begins = !text[index].isWordByte
            result.append(text[index])
            index += 1
        }
        return result
    }
}

extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isHexDigit: Bool { isDigit || (self | 0x20 >= 0x61 && self | 0x20 <= 0x66) }
    /// An ASCII letter or digit, an underscore, or a part of another letter.
    var isWordByte: Bool { isDigit || (self | 0x20 >= 0x61 && self | 0x20 <= 0x7A) || self == 0x5F || self >= 0x80 }
}
