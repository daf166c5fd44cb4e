import TestSupport

/// Texts that are nearly JSON.
enum JSONMutation {
    private static let fragments: [[UInt8]] =
        [
            "\"", "\\", "{", "}", "[", "]", ",", ":", " ", "\n", "0", "1", "-", ".", "e", "E+", "1e5", "null", "true",
            "\\u",
            "\\ud83d", "\\u0041", "é", "😀", "\"a\":1,", "[1,2]", "{\"a\":[]}", "\0", "\u{1F}", "\u{7F}", "/", "//",
            "\u{2028}",
        ].map { Array($0.utf8) } + JSONCorpus.notUTF8

    static func mutate(_ seeds: [[UInt8]], using generator: inout SeededGenerator) -> [UInt8] {
        var text = seeds[Int(generator.next() % UInt64(seeds.count))]
        for _ in 0...generator.next() % 3 { change(&text, using: &generator) }
        return text
    }

    private static func change(_ text: inout [UInt8], using generator: inout SeededGenerator) {
        let place = Int(generator.next() % UInt64(text.count + 1))
        let length = min(Int(generator.next() % 8), text.count - place)
        switch generator.next() % 6 {
        case 0: text.insert(contentsOf: fragments[Int(generator.next() % UInt64(fragments.count))], at: place)
        case 1: text.removeSubrange(place..<place + length)
        case 2: text.insert(contentsOf: text[place..<place + length], at: place)
        case 3: text.removeSubrange(place...)
        case 4: if place < text.count { text[place] = UInt8(truncatingIfNeeded: generator.next()) }
        default: if place < text.count { text[place] ^= 1 << UInt8(generator.next() % 8) }
        }
    }
}
