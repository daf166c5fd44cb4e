import NIOCore
import Synchronization
import WireFormats

/// Numbers of connections and exchanges, unique in one forwarder.
final class Numbering: Sendable {
    private let connections = Atomic<UInt32>(0)
    private let exchanges = Atomic<UInt32>(0)

    func nextConnection() -> UInt32 { connections.wrappingAdd(1, ordering: .relaxed).newValue }
    func nextExchange() -> UInt32 { exchanges.wrappingAdd(1, ordering: .relaxed).newValue }
}

/// What the relays of one event loop share: configuration, buffers, the batch for the tap. Only used on that loop.
final class LoopState {
    let eventLoop: any EventLoop
    let configuration: ForwarderConfiguration
    let hosts: HostRules
    let tls: TLSContexts
    let upstreamAddress: SocketAddress?
    let numbering: Numbering
    let tap: (any ForwardingTap)?
    let hasTap: Bool
    let pool = ReceivePool()
    let requestEdits: RequestEditor
    let responseEdits: ResponseEditor
    var items: [TapItem] = []
    /// The value of `Host` seen last that passed the rules; most requests repeat it.
    var lastHost: AcceptedHost?
    private(set) var relays: [UInt32: Relay] = [:]
    private var heldRelays: [Relay] = []
    private var spareOutput: ByteBuffer?
    private let allocator = ByteBufferAllocator()
    private var onEmpty: [EventLoopPromise<Void>] = []
    var isStopping = false

    init(
        eventLoop: any EventLoop, configuration: ForwarderConfiguration, hosts: HostRules, tls: TLSContexts,
        upstreamAddress: SocketAddress?, numbering: Numbering, tap: (any ForwardingTap)?
    ) {
        self.eventLoop = eventLoop
        self.configuration = configuration
        self.hosts = hosts
        self.tls = tls
        self.upstreamAddress = upstreamAddress
        self.numbering = numbering
        self.tap = tap
        hasTap = tap != nil
        requestEdits = RequestEditor(configuration: configuration)
        responseEdits = ResponseEditor(upstream: configuration.upstream)
    }

    // MARK: Buffers

    /// An empty buffer for about `size` bytes: the one written last when nothing waits in it any more, so that a busy
    /// loop allocates none, but never a large one for a few bytes, which a slow peer would keep alive.
    func takeOutput(_ size: Int) -> ByteBuffer {
        if var buffer = spareOutput {
            spareOutput = nil
            let fits = buffer.storageCapacity >= size && buffer.storageCapacity <= max(4 * size, 4096)
            if fits, buffer.modifyIfUniquelyOwned({ $0.clear() }) != nil { return buffer }
        }
        return allocator.buffer(capacity: size)
    }

    func giveOutput(_ buffer: ByteBuffer) { spareOutput = buffer }

    // MARK: The tap

    /// Hands the batch to the tap; `relay` waits when the tap says so.
    func deliver(for relay: Relay) {
        guard !items.isEmpty, let tap else { return }
        let goesOn = tap.record(&items)
        items.removeAll(keepingCapacity: true)
        if !goesOn, !relay.isHeld {
            relay.isHeld = true
            heldRelays.append(relay)
        }
    }

    /// Lets the relays that the tap held be read again.
    func resume() {
        let held = heldRelays
        heldRelays = []
        for relay in held {
            relay.isHeld = false
            relay.resumeReads()
        }
    }

    // MARK: Relays

    func add(_ relay: Relay) { relays[relay.number] = relay }

    func remove(_ relay: Relay) {
        relays[relay.number] = nil
        if relay.isHeld { heldRelays.removeAll { $0 === relay } }
        guard relays.isEmpty, isStopping else { return }
        for promise in onEmpty { promise.succeed() }
        onEmpty = []
    }

    /// Closes all connections; succeeds when none is left.
    func stop(_ promise: EventLoopPromise<Void>) {
        isStopping = true
        guard !relays.isEmpty else { return promise.succeed() }
        onEmpty.append(promise)
        for relay in Array(relays.values) { relay.shutDown() }
    }
}

/// A value of `Host` that passed the rules, with the edit that replaces it.
final class AcceptedHost {
    let bytes: [UInt8]
    let edit: TapEdit
    var text: String { edit.from ?? "" }

    init(bytes: [UInt8], upstreamAuthority: String) {
        self.bytes = bytes
        edit = TapEdit(.request, "host", from: String(latin1: bytes), to: upstreamAuthority)
    }
}

extension String {
    /// Text of bytes that are code points themselves, as header fields are kept.
    init(latin1 bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        self = Latin1.text(bytes.span.bytes)
    }
}
