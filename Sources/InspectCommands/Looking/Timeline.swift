import Traffic
import TrafficStore

/// What a filter selects of a session, in the order in which it happened, page by page: no session is held in memory.
struct Timeline {
    let session: StoredSession
    var isEmpty: Bool { keys.count == 0 }
    /// The time of the last entry.
    var lastNs: Int64 { keys.lastNs }
    private let reader: CaptureReader
    private let keys: TimelineKeys

    /// So many entries are read at a time.
    static let page = 2000
    /// So many exchanges are looked at in one statement.
    private static let exchangePage = 20_000

    /// `everything`: each heartbeat, every stream and every edit, also what belongs to the ordinary course of things.
    /// Else heartbeats are told together, unless a filter may select some and leave out others between them, and so are
    /// the server's pings that were answered, unless there is a filter.
    init(
        _ reader: CaptureReader, session: StoredSession, filter: Filter = .everything, everything: Bool = false
    ) throws {
        self.session = session
        self.reader = reader
        let id = session.row.id
        keys = try TimelineKeys(
            reader, session: id, matching: filter, joinsPings: filter.selectsEverything && !everything)
        var after: Int64 = 0
        while case let sketches = try reader.exchangeSketches(
            ofSession: id, matching: filter, after: after, limit: Self.exchangePage), let last = sketches.last
        {
            for sketch in sketches {
                for key in Self.keys(sketch, everything) { try keys.add(key) }
            }
            after = last.row.id
        }
        try keys.arrange(joinsHeartbeats: !everything && !filter.readsContents)
    }

    private static func keys(
        _ sketch: CaptureReader.ExchangeSketch, _ everything: Bool
    ) -> [TimelineKeys.Key] {
        exchange(sketch, everything: everything).compactMap { entry in
            let (what, index): (TimelineKeys.What, Int)
            switch entry.what {
            case .streamOpened: (what, index) = (.streamOpened, 0)
            case .streamClosed: (what, index) = (.streamClosed, 0)
            case .exchange: (what, index) = (.exchange, 0)
            case .edit(let edit): (what, index) = (.edit, sketch.row.edits.firstIndex(of: edit) ?? 0)
            case .message, .heartbeats, .event, .gap, .ended: return nil
            }
            return TimelineKeys.Key(
                what, atNs: entry.atNs, row: sketch.row.id, index: Int64(index), exchange: sketch.row.id)
        }
    }

    /// The next entries, none at the end.
    func next() throws -> [TimelineEntry] {
        let page = try keys.next(Self.page)
        return try TimelinePage(reader, session: session, keys: page).entries
    }

    /// Every entry that is left. For short sessions.
    func all() throws -> [TimelineEntry] {
        var entries: [TimelineEntry] = []
        while case let page = try next(), !page.isEmpty { entries += page }
        return entries
    }
}
