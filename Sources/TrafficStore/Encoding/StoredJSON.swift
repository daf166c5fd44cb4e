import Traffic
import WireFormats

/// The columns that hold lists, as JSON text in UTF-8.
enum StoredJSON {
    /// `[[name, value], …]` in wire order.
    static func text(of fields: [HTTPField]) -> [UInt8] {
        write { writer in
            for field in fields {
                writer.open("[")
                writer.string(field.name)
                writer.string(field.value)
                writer.close("]")
            }
        }
    }

    /// `[[at_ns, offset, size], …]`.
    static func text(of chunks: [ChunkMark]) -> [UInt8] {
        write { writer in
            for chunk in chunks {
                writer.open("[")
                writer.integer(chunk.atNs)
                writer.integer(chunk.offset)
                writer.integer(chunk.size)
                writer.close("]")
            }
        }
    }

    /// `[{"at_ns":…,"status":103,"reason":"…","version":"1.1","headers":[…]}, …]`.
    static func text(of marks: [InformationalMark]) -> [UInt8] {
        write { writer in
            for mark in marks {
                writer.open("{")
                writer.key("at_ns")
                writer.integer(mark.atNs)
                writer.key("status")
                writer.integer(Int64(mark.head.status))
                writer.key("reason")
                writer.string(mark.head.reason)
                writer.key("version")
                writer.string(mark.head.version)
                writer.key("headers")
                writer.open("[")
                for field in mark.head.fields {
                    writer.open("[")
                    writer.string(field.name)
                    writer.string(field.value)
                    writer.close("]")
                }
                writer.close("]")
                writer.close("}")
            }
        }
    }

    /// `[{"place":"request","what":"host","from":"…","to":"…"}, …]`; `from` and `to` are null where there is none.
    static func text(of edits: [Edit]) -> [UInt8] {
        write { writer in
            for edit in edits {
                writer.open("{")
                writer.key("place")
                writer.string(edit.place.rawValue)
                writer.key("what")
                writer.string(edit.what)
                writer.key("from")
                writer.optionalString(edit.from)
                writer.key("to")
                writer.optionalString(edit.to)
                writer.close("}")
            }
        }
    }

    /// `[{"place":"response","coding":"br","why":"unread","offset":0}, …]`.
    static func text(of notes: [ContentNote]) -> [UInt8] {
        write { writer in
            for note in notes {
                writer.open("{")
                writer.key("place")
                writer.string(note.place.rawValue)
                writer.key("coding")
                writer.string(note.coding)
                writer.key("why")
                writer.string(note.why.rawValue)
                writer.key("offset")
                writer.integer(note.offset)
                writer.close("}")
            }
        }
    }

    private static func write(_ elements: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.open("[")
        elements(&writer)
        writer.close("]")
        return writer.bytes
    }
}
