import WireFormats

/// The observed rows of the capture database: written once, never reinterpreted.
/// Ids are `recording id << 32 | counter`; times are nanoseconds since the Unix epoch.

package struct RecordingRow: Sendable, Hashable {
    package enum Source: String, Sendable, Hashable {
        case proxy, sniffer, pcap, wrap, replay, load, mock
        case imported = "import"

        /// Whether this program was the client: as it repeated a session, made load, or asked what a recording lacks.
        package var isMade: Bool { self == .replay || self == .load || self == .mock }
    }
    package var id: Int64
    /// What `--name` gave; sessions are then named after it.
    package var name: String?
    package var source: Source
    package var target: String?
    package var command: String
    package var toolVersion: String
    package var foldVersion: Int
    package var pid: Int64
    /// Start time of the process in clock ticks since boot: with `pid` and `bootID` it names the process for ever.
    package var pidStarted: Int64
    package var bootID: String
    package var startedNs: Int64
    package var endedNs: Int64?
    package var interrupted: Bool
    package var gaps: Int64
    package var gapBytes: Int64

    package init(
        id: Int64, name: String?, source: Source, target: String?, command: String, toolVersion: String,
        foldVersion: Int, pid: Int64, pidStarted: Int64, bootID: String, startedNs: Int64, endedNs: Int64? = nil,
        interrupted: Bool = false, gaps: Int64 = 0, gapBytes: Int64 = 0
    ) {
        self.id = id
        self.name = name
        self.source = source
        self.target = target
        self.command = command
        self.toolVersion = toolVersion
        self.foldVersion = foldVersion
        self.pid = pid
        self.pidStarted = pidStarted
        self.bootID = bootID
        self.startedNs = startedNs
        self.endedNs = endedNs
        self.interrupted = interrupted
        self.gaps = gaps
        self.gapBytes = gapBytes
    }
}

package struct ConnectionRow: Sendable, Hashable {
    package var id: Int64
    package var recordingID: Int64
    package var leg: Leg
    package var client: String
    package var server: String
    package var httpVersion: String?
    /// The outcome of `TLSFacts`.
    package var tls: String?
    package var sni: String?
    package var openedNs: Int64
    package var closedNs: Int64?
    package var closedBy: Peer?
    package var closeReason: EndReason?

    package init(
        id: Int64, recordingID: Int64, leg: Leg, client: String, server: String, httpVersion: String? = nil,
        tls: String? = nil, sni: String? = nil, openedNs: Int64, closedNs: Int64? = nil, closedBy: Peer? = nil,
        closeReason: EndReason? = nil
    ) {
        self.id = id
        self.recordingID = recordingID
        self.leg = leg
        self.client = client
        self.server = server
        self.httpVersion = httpVersion
        self.tls = tls
        self.sni = sni
        self.openedNs = openedNs
        self.closedNs = closedNs
        self.closedBy = closedBy
        self.closeReason = closeReason
    }

    /// nil: no TLS, or not known.
    package var tlsFacts: TLSFacts? {
        tls != nil || sni != nil ? TLSFacts(outcome: tls, serverName: sni) : nil
    }
}

/// An HTTP request and its response. `attribution` is the fold's part and nil until it said something.
package struct ExchangeRow: Sendable, Hashable {
    package var id: Int64
    package var recordingID: Int64
    package var connectionID: Int64
    package var upstreamConnectionID: Int64?
    package var request: RequestHead
    /// Content after transfer and content decoding; nil where there was none, or its coding is not read.
    package var requestBody: [UInt8]?
    /// The content as sent, where it was encoded.
    package var requestRaw: [UInt8]?
    package var response: ResponseHead?
    /// Content after transfer and content decoding; nil where there was none, for event streams, and where its coding
    /// is not read.
    package var responseBody: [UInt8]?
    /// The content as sent, where it was encoded.
    package var responseRaw: [UInt8]?
    /// Chunk boundaries of a chunked response, in the content as sent. For a stream that is not encoded only those
    /// chunks that are not exactly one block.
    package var chunks: [ChunkMark] = []
    package var informational: [InformationalMark] = []
    package var trailers: [HTTPField] = []
    package var edits: [Edit] = []
    /// Why content is not decoded, or not to its end.
    package var notes: [ContentNote] = []
    package var isStream = false
    package var requestStartNs: Int64
    package var requestEndNs: Int64?
    package var responseStartNs: Int64?
    /// When the exchange ended, with or without a response.
    package var responseEndNs: Int64?
    package var endedBy: Peer?
    package var endReason: EndReason?
    /// How many values were masked in this row.
    package var redacted: Int64 = 0
    package var attribution: Attribution?

    package init(id: Int64, recordingID: Int64, connectionID: Int64, request: RequestHead, requestStartNs: Int64) {
        self.id = id
        self.recordingID = recordingID
        self.connectionID = connectionID
        self.request = request
        self.requestStartNs = requestStartNs
    }

    /// The `Last-Event-ID` that the request carried.
    package var lastEventID: String? { request.fields.first("last-event-id") }
}

package struct ChunkMark: Sendable, Hashable {
    package var atNs: Int64
    package var offset: Int64
    package var size: Int64

    package init(atNs: Int64, offset: Int64, size: Int64) {
        self.atNs = atNs
        self.offset = offset
        self.size = size
    }
}

package struct InformationalMark: Sendable, Hashable {
    package var atNs: Int64
    package var head: ResponseHead

    package init(atNs: Int64, head: ResponseHead) {
        self.atNs = atNs
        self.head = head
    }
}

package struct StreamEventRow: Sendable, Hashable {
    package var exchangeID: Int64
    /// First byte; the row's `end_ns` is `endNs`.
    package var endNs: Int64
    package var block: StreamBlock

    package init(exchangeID: Int64, endNs: Int64, block: StreamBlock) {
        self.exchangeID = exchangeID
        self.endNs = endNs
        self.block = block
    }
}

package struct GapRow: Sendable, Hashable {
    package var id: Int64
    package var recordingID: Int64
    package var connectionID: Int64?
    package var exchangeID: Int64?
    package var atNs: Int64
    package var bytes: Int64
    package var reason: String

    package init(
        id: Int64, recordingID: Int64, connectionID: Int64?, exchangeID: Int64?, atNs: Int64, bytes: Int64,
        reason: String
    ) {
        self.id = id
        self.recordingID = recordingID
        self.connectionID = connectionID
        self.exchangeID = exchangeID
        self.atNs = atNs
        self.bytes = bytes
        self.reason = reason
    }
}
