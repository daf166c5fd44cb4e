import WireFormats

/// Finds values that the server gave and the client sent later. Fed with the messages of a session in their order; each
/// value costs one look into a table, however long the session.
///
/// What the client said first is its own, also where the server repeats it.
struct ValueFlow {
    enum Source: Hashable {
        case handshake
        case call(Int64)
    }

    struct Found {
        var from: Source
        var fromPath: JSONPath
        var fromPart: TextPart?
        var to: Int64
        var toPath: JSONPath
        var toPart: TextPart?
        var value: JSONTree
        var reason: String
    }

    struct Masked {
        var call: Int64
        var path: JSONPath
        var mask: String
    }

    private(set) var found: [Found] = []
    /// Masked values that the client sent.
    private(set) var masked: [Masked] = []

    private enum Key: Hashable {
        case string(String)
        case number(JSONNumber)

        init?(_ value: JSONTree) {
            switch value {
            case .string(let text): self = .string(text)
            case .number(let number): self = .number(number)
            case .null, .bool, .array, .object: return nil
            }
        }
    }

    private struct Place {
        var source: Source
        var path: JSONPath
        var name: String
        var telling: Telling
        /// Where it is a piece of a longer text: that text, and the piece's place in it.
        var whole: (text: String, range: Range<Int>)?
    }

    /// What the server gave, by value: the first places, and the newest where the protocol says what it is for.
    private var given: [Key: [Place]] = [:]
    private var newest: [Key: Place] = [:]
    private var said: Set<Key> = []
    /// So many places of a value are kept.
    private static let limit = 4
    /// Members that the protocol has for handing a value back.
    private static let handedBack: Set<String> = ["nextCursor", "taskId"]

    // MARK: From the server

    /// `isCatalogue`: what it lists has names and no ids, so that only what looks minted counts.
    mutating func receive(_ message: JSONTree, from source: Source, isCatalogue: Bool) {
        var walk = LeafWalk()
        for part in ["result", "error"] {
            guard let value = message[part] else { continue }
            walk.step(.key(part), value) { walk, value in
                give(value, walk, source, isCatalogue: isCatalogue)
            }
        }
    }

    private mutating func give(_ value: JSONTree, _ walk: LeafWalk, _ source: Source, isCatalogue: Bool) {
        guard let key = Key(value) else { return }
        let name = walk.name
        if Self.handedBack.contains(name) {
            newest[key] = Place(source: source, path: walk.path, name: name, telling: .enough)
            return
        }
        if case .string(let whole) = value, !isCatalogue, whole.utf8.count > 6 {
            let text = MintedText.searched(of: whole)
            for (piece, range) in MintedText.pieces(of: text) where !said.contains(.string(piece)) {
                let place = Place(
                    source: source, path: walk.path, name: name, telling: .enough, whole: (text, range))
                keep(place, under: .string(piece))
            }
        }
        let telling = isCatalogue && !Self.isMinted(value) ? .nothing : Telling(value, named: name)
        guard telling > .nothing, !said.contains(key) else { return }
        let place = Place(source: source, path: walk.path, name: name, telling: telling)
        keep(place, under: key)
        // Some clients hand a number back as a text.
        if case .number(let number) = key, telling == .enough { keep(place, under: .string(number.text)) }
    }

    private static func isMinted(_ value: JSONTree) -> Bool {
        if case .string(let text) = value { MintedText.isMinted(text) } else { false }
    }

    private mutating func keep(_ place: Place, under key: Key) {
        guard given[key, default: []].count < Self.limit else { return }
        given[key, default: []].append(place)
    }

    // MARK: From the client

    /// `call`: nil where nothing in it is replaced. `isNamed`: `params.name` names something of the catalogue.
    mutating func send(_ message: JSONTree, by call: Int64?, isNamed: Bool = false) {
        var walk = LeafWalk()
        for part in ["params", "result", "error"] {
            guard let value = message[part] else { continue }
            walk.step(.key(part), value) { walk, value in
                take(value, walk, call, isNamed: isNamed)
            }
        }
    }

    private mutating func take(_ value: JSONTree, _ walk: LeafWalk, _ call: Int64?, isNamed: Bool) {
        guard let key = Key(value) else { return }
        if let call, Self.isReplaceable(walk.way, isNamed: isNamed) {
            let isLinked = link(value, key, walk, call)
            if case .string(let text) = value, Planner.isMask(text) {
                masked.append(Masked(call: call, path: walk.path, mask: text))
            } else if !isLinked, case .string(let text) = value {
                linkPieces(of: text, walk, call)
            }
        }
        said.insert(key)
        guard case .string(let text) = value else { return }
        for (piece, _) in MintedText.pieces(of: text) { said.insert(.string(piece)) }
    }

    private static func isReplaceable(_ way: [JSONPath.Part], isNamed: Bool) -> Bool {
        guard way.count >= 2, way[0] == .key("params") else { return false }
        if way[1] == .key("_meta") || way[1] == .key("ref") { return false }
        return !(isNamed && way == [.key("params"), .key("name")])
    }

    private mutating func link(_ value: JSONTree, _ key: Key, _ walk: LeafWalk, _ call: Int64) -> Bool {
        let name = walk.name
        guard let place = place(of: key, value, name) else { return false }
        found.append(
            Found(
                from: place.source, fromPath: place.path, fromPart: place.whole.map(TextPart.init), to: call,
                toPath: walk.path, value: value, reason: Self.reason(place, name)))
        return true
    }

    /// The place that says most: of the protocol's own, of the same name, whole, not within JSON in a text, the first.
    private func place(of key: Key, _ value: JSONTree, _ name: String) -> Place? {
        if let place = newest[key], ValueName.agree(place.name, name) { return place }
        let own = Telling(value, named: name)
        var candidates = given[key] ?? []
        // And a text, or a part of one, as a number.
        if candidates.isEmpty, case .number(let number) = key { candidates = given[.string(number.text)] ?? [] }
        let places = candidates.filter { place in
            ValueName.agree(place.name, name) || (place.telling == .enough && own == .enough)
        }
        return places.enumerated().min { Self.rank($0, name) < Self.rank($1, name) }?.element ?? newest[key]
    }

    private static func rank(_ place: (offset: Int, element: Place), _ name: String) -> Int {
        let differs = ValueName.agree(place.element.name, name) ? 0 : 100
        let isPiece = place.element.whole == nil ? 0 : 40
        return differs + isPiece + (place.element.path.parts.contains(.text) ? 20 : 0) + place.offset
    }

    private mutating func linkPieces(of text: String, _ walk: LeafWalk, _ call: Int64) {
        for (piece, range) in MintedText.pieces(of: text) {
            guard let place = given[.string(piece)]?.first else { continue }
            found.append(
                Found(
                    from: place.source, fromPath: place.path, fromPart: place.whole.map(TextPart.init), to: call,
                    toPath: walk.path, toPart: TextPart((text, range)), value: .string(piece),
                    reason: "a part of the text that the server gave first and that looks made up by it"))
        }
    }

    private static func reason(_ place: Place, _ name: String) -> String {
        switch (place.name, place.whole) {
        case ("nextCursor", _): "a page's cursor"
        case ("taskId", _): "the id of a task"
        case (_, .some): "stands in a text of the server, which said it first"
        case (let given, _) where ValueName.agree(given, name): "the server gave it first, under the name \(given)"
        default: "the server gave it first, and nobody would guess it"
        }
    }
}

extension TextPart {
    init(_ whole: (text: String, range: Range<Int>)) {
        let bytes = Array(whole.text.utf8)
        self.init(
            before: String(decoding: bytes[..<whole.range.lowerBound], as: UTF8.self),
            behind: String(decoding: bytes[whole.range.upperBound...], as: UTF8.self))
    }
}
