import Foundation
import Traffic
import TrafficStore

/// Looks at a capture again and again and prints what is new, until it is cancelled or its reader goes away.
struct Tailer {
    struct Options: Sendable {
        var start: CaptureFollower.Start
        var filter = Filter.everything
        var session: String?
        var format = OutputFormat.text
        var hasBodies = false
        var everything = false
        var endsWithRecorders = false
    }

    private let options: Options
    private let follower: CaptureFollower
    private let style = TextStyle.standardOutput
    private var printer: LivePrinter
    private var objects: ObjectList
    private var pending = PendingCalls()
    private var area = StatusArea()
    private let isLive: Bool
    private var hasWaited = false

    init(path: String, options: Options) {
        self.options = options
        follower = CaptureFollower(path: path, from: options.start)
        printer = LivePrinter(style: style)
        objects = ObjectList(isArray: options.format == .json)
        isLive = options.format == .text && Terminal.canRedraw
    }

    mutating func run() async throws {
        var isAnnounced = false
        var pace = PollingPace()
        var sawRecorder = false
        while !Task.isCancelled, Terminal.isOpen {
            let began = ContinuousClock.now
            let rows = try follower.next()
            // Said once it is so: whatever is committed from then on is told.
            if !isAnnounced { announce() }
            isAnnounced = true
            if let rows { try show(rows) }
            redraw()
            if rows?.isPartial == true {
                await Task.yield()
                continue
            }
            sawRecorder = sawRecorder || follower.isBeingRecorded || !(rows?.ended.isEmpty ?? true)
            if options.endsWithRecorders, sawRecorder, !follower.isBeingRecorded { break }
            let found = rows.map { !$0.isEmpty } ?? false
            let wait = pace.next(foundSomething: found, took: ContinuousClock.now - began)
            guard (try? await Task.sleep(for: wait)) != nil else { break }
        }
        write(area.frame(above: [], status: []))
        if options.format != .text { objects.finish() }
    }

    /// The file, and that it is not there yet where that is so.
    private func announce() {
        let isThere = FileManager.default.fileExists(atPath: follower.path)
        let text = isThere ? "following \(follower.path.visible)" : "waiting for \(follower.path.visible)"
        if options.format == .text { Terminal.line(style.dim(text)) } else { Terminal.error(text) }
    }

    private mutating func show(_ rows: CommittedRows) throws {
        let (filter, session, follower) = (options.filter, options.session, follower)
        func isWanted(_ entry: LiveEntry) throws -> Bool {
            try entry.belongs(to: session) && entry.matches(filter, in: follower)
        }
        let entries = try LiveEntries.make(
            rows, everything: options.everything, heartbeats: options.everything || options.filter.asksForHeartbeats
        ).filter(isWanted)
        try pending.apply(rows) { call, session in
            let exchange = call.exchangeID.flatMap { rows.knownExchanges[$0] }
            return try isWanted(
                LiveEntry(
                    atNs: 0, recording: call.recordingID, session: session, what: .callEnded(call),
                    subject: FilterSubject(ending: call, in: exchange)))
        }
        let bodies = try bodies(of: entries)
        guard options.format == .text else {
            for entry in entries {
                objects.add(LivePrinter.object(entry, body: entry.messageID.flatMap { bodies[$0]?.text }))
            }
            return
        }
        let lines = printer.lines(entries, bodies: bodies.mapValues { TimelinePrinter.bodyLines($0) })
        if isLive {
            write(area.frame(above: lines, status: status))
        } else {
            for line in lines { Terminal.line(line) }
        }
    }

    private func bodies(of entries: [LiveEntry]) throws -> [Int64: (text: [UInt8], isJSON: Bool)] {
        guard options.hasBodies else { return [:] }
        var bodies: [Int64: (text: [UInt8], isJSON: Bool)] = [:]
        for entry in entries {
            guard case .told(let told) = entry.what, case .message(let message) = told.what,
                let text = try follower.text(of: message.row)
            else { continue }
            bodies[message.row.id] = (text, message.row.kind != .invalid)
        }
        return bodies
    }

    private var status: [String] {
        let now = Int64(Date().timeIntervalSince1970 * 1e9)
        return pending.lines(nowNs: now, limit: max(1, min(10, Terminal.rows / 3)), style: style)
    }

    private mutating func redraw() {
        if isLive { write(area.frame(above: [], status: status)) }
    }

    private func write(_ text: String) {
        if !text.isEmpty { Terminal.raw(Array(text.utf8)) }
    }
}

extension LiveEntry {
    fileprivate var messageID: Int64? {
        if case .told(let told) = what, case .message(let message) = told.what { message.row.id } else { nil }
    }
}
