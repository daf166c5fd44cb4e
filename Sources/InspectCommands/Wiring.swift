import Forwarding
import Recording
import Traffic
import TrafficStore

/// Builds the live parts that commands run. Nothing else does.
enum Wiring {
    /// A recording proxy that is ready to run.
    struct LiveRecording: Sendable {
        let database: String
        /// The path of the target, for the URL that is printed.
        let path: String
        /// Do clients speak TLS?
        let isSecure: Bool
        /// What clients are to trust, where it was made here.
        let certificate: ListenerCertificate?
        fileprivate let configuration: ProxyRecording.Configuration
        fileprivate let start: RecordingStart
        fileprivate let clock: RecordingClock
        fileprivate let durable: Bool

        func run(
            feed: LiveFeed, onListening: @escaping @Sendable (_ port: Int) -> Void
        ) async throws -> RecorderThread.Summary {
            let writer = try CaptureWriter(
                path: database, recording: start, options: .init(durable: durable, commitPatienceMs: 150))
            let recordingID = writer.recordingID
            return try await ProxyRecording(configuration: configuration, clock: clock).run(
                recordingID: recordingID, into: writer, observer: { feed.observe($0, names: $1) },
                onListening: onListening)
        }
    }

    static func proxyRecording(_ command: RecordCommand, target: String) throws -> LiveRecording {
        let origin = try UpstreamOrigin(target)
        var forwarder = ForwarderConfiguration(upstream: origin)
        forwarder.listenHost = command.listen.host
        forwarder.listenPort = command.listen.port
        forwarder.allowedHosts = command.allowHost
        forwarder.eventLoops = command.threads
        forwarder.rewritesOAuth = command.rewritesOAuth
        forwarder.upstreamHeaders = try command.upstream.headers().map { header throws(ForwarderError) in
            try ForwarderConfiguration.Header(name: header.name, value: header.value)
        }
        let certificate = try secure(&forwarder, for: command)
        let clock = RecordingClock()
        var configuration = ProxyRecording.Configuration(forwarder: forwarder)
        configuration.name = command.recordingName
        configuration.inflater = ZlibInflater.self
        configuration.isLossless = command.lossless || Environment.flag("LOSSLESS")
        configuration.redactor = try command.redaction.redactor()
        let start = RecordingStart(
            name: command.recordingName, source: .proxy, target: target.withoutCredentials,
            command: CommandLineText.recorded(CommandLine.arguments), toolVersion: InspectCommand.version,
            foldVersion: Fold.version, startedNs: clock.now)
        return LiveRecording(
            database: try command.database.path(), path: target.pathOfURL, isSecure: forwarder.listenerTLS != nil,
            certificate: certificate, configuration: configuration, start: start, clock: clock,
            durable: command.durable || Environment.flag("DURABLE"))
    }
}

extension Wiring {
    /// Gives the forwarder its TLS; returns what clients are to trust, where it was made here.
    private static func secure(
        _ forwarder: inout ForwarderConfiguration, for command: RecordCommand
    ) throws -> ListenerCertificate? {
        forwarder.keyLogFile = command.tls.keyLogFile
        forwarder.upstreamTLS.trustFile = command.tls.trustFile
        forwarder.upstreamTLS.acceptsAnyCertificate = command.tls.acceptsAnyCertificate
        forwarder.upstreamTLS.certificate = try command.tls.certificate.map {
            CertificateFiles(chain: $0.chain, key: $0.key)
        }
        switch try command.listenerTLS.choice {
        case .none: return nil
        case .files(let chain, let key):
            forwarder.listenerTLS = .files(CertificateFiles(chain: chain, key: key))
            return nil
        case .selfSigned:
            let made = try ListenerCertificate.load(host: command.listen.host)
            forwarder.listenerTLS = .pem(
                chain: Array(made.certificate.certificatePEM.utf8), key: Array(made.certificate.keyPEM.utf8))
            return made
        }
    }
}
