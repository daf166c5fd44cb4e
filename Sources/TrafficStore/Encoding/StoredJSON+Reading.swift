import Traffic
import WireFormats

extension StoredJSON {
    static func fields(_ text: [UInt8]?) throws(StoreFailure) -> [HTTPField] {
        try list(text, of: "headers", field)
    }

    static func chunks(_ text: [UInt8]?) throws(StoreFailure) -> [ChunkMark] {
        try list(text, of: "chunks") { value in
            guard let numbers = value.array?.compactMap(\.integer), numbers.count == 3 else { return nil }
            return ChunkMark(atNs: numbers[0], offset: numbers[1], size: numbers[2])
        }
    }

    static func informational(_ text: [UInt8]?) throws(StoreFailure) -> [InformationalMark] {
        try list(text, of: "informational responses") { value in
            guard let at = value["at_ns"]?.integer, let status = value["status"]?.integer,
                let fields = value["headers"]?.array
            else { return nil }
            let head = ResponseHead(
                status: Int(status), reason: value["reason"]?.string ?? "", version: value["version"]?.string ?? "1.1",
                fields: fields.compactMap(field))
            return InformationalMark(atNs: at, head: head)
        }
    }

    static func edits(_ text: [UInt8]?) throws(StoreFailure) -> [Edit] {
        try list(text, of: "edits") { value in
            guard let place = value["place"]?.string.flatMap(Edit.Place.init), let what = value["what"]?.string
            else { return nil }
            return Edit(place: place, what: what, from: value["from"]?.string, to: value["to"]?.string)
        }
    }

    static func notes(_ text: [UInt8]?) throws(StoreFailure) -> [ContentNote] {
        try list(text, of: "notes") { value in
            guard let place = value["place"]?.string.flatMap(ContentNote.Place.init),
                let coding = value["coding"]?.string, let why = value["why"]?.string.flatMap(ContentNote.Why.init),
                let offset = value["offset"]?.integer
            else { return nil }
            return ContentNote(place: place, coding: coding, why: why, offset: offset)
        }
    }

    private static func field(_ value: JSONValue) -> HTTPField? {
        guard let pair = value.array?.compactMap(\.string), pair.count == 2 else { return nil }
        return HTTPField(name: pair[0], value: pair[1])
    }

    private static func list<Element>(
        _ text: [UInt8]?, of what: String, _ element: (JSONValue) -> Element?
    ) throws(StoreFailure) -> [Element] {
        guard let text else { return [] }
        if let values = JSONReader.read(text)?.array {
            let elements = values.compactMap(element)
            if elements.count == values.count { return elements }
        }
        throw StoreFailure(.corrupt, "the capture holds a list of \(what) that cannot be read: it was changed by hand")
    }
}
