import Forwarding
import Foundation
import MCPTransports
import Recording
import Replaying
import Traffic
import TrafficStore

/// The server that `mock` asks for what a recording does not answer.
struct LiveServer {
    let url: String
    private(set) var misses: ForwardedMisses
    /// Where what is asked is kept.
    private(set) var recording: MissRecording?

    /// Asks it without keeping anything.
    init(_ url: String, _ command: MockCommand) throws {
        self.url = url
        let configuration = try Self.transport(command, reachesTLS: true)
        do {
            _ = try SSEClientTransport(url: url, configuration: configuration)
        } catch {
            throw CommandFailure(.usage, error.message)
        }
        misses = ForwardedMisses(Self.client) { dialect in
            var configuration = configuration
            configuration.dialect = dialect
            return try SSEClientTransport(url: url, configuration: configuration)
        }
    }

    /// From now on what is asked is kept, in the capture of the sessions that it completes.
    mutating func record(_ sessions: MockedSessions, _ command: MockCommand) throws {
        do throws(StoreFailure) {
            _ = try RunStore(path: sessions.path)
        } catch {
            guard error.code == .readOnly || error.code == .io else { throw error }
            throw CommandFailure(
                .usage, "\(sessions.path.visible) cannot be written, so nothing can be kept in it; mock a copy of it")
        }
        let made = try Wiring.missRecording(sessions, command, target: url)
        recording = made
        let configuration = try Self.transport(command, reachesTLS: false)
        let path = Self.pathAndQuery(of: url)
        misses = ForwardedMisses(Self.client) { dialect in
            var configuration = configuration
            configuration.dialect = dialect
            return try SSEClientTransport(
                url: "http://127.0.0.1:\(try await made.port())\(path)", configuration: configuration)
        }
    }

    private static var client: MCPClient.Configuration {
        var configuration = MCPClient.Configuration(name: "mcp-inspect", version: InspectCommand.version)
        // Silence is what the transport counts: a call that goes on may take as long as it likes.
        configuration.timeout = .unlimited
        return configuration
    }

    private static func transport(
        _ command: MockCommand, reachesTLS: Bool
    ) throws -> SSEClientTransport.Configuration {
        var http = HTTPClientConfiguration.standard
        http.timeouts.request = .milliseconds(command.timeout.milliseconds)
        if reachesTLS {
            http.proxy = .fromEnvironment
            try command.tls.configure(&http)
        }
        let headers = try command.upstream.headers().map { SSEClientTransport.Header($0.name, $0.value) }
        return .init(http: http, headers: headers)
    }

    private static func pathAndQuery(of url: String) -> String {
        guard let query = URLComponents(string: url)?.percentEncodedQuery else { return url.pathOfURL }
        return "\(url.pathOfURL)?\(query)"
    }
}

extension Wiring {
    /// A recording proxy in front of the live server, that is ready to run.
    fileprivate static func missRecording(
        _ sessions: MockedSessions, _ command: MockCommand, target: String
    ) throws -> MissRecording {
        var forwarder = ForwarderConfiguration(upstream: try UpstreamOrigin(target))
        forwarder.listenHost = "127.0.0.1"
        forwarder.listenPort = 0
        forwarder.keyLogFile = command.tls.keyLogFile
        forwarder.upstreamTLS.trustFile = command.tls.trustFile
        forwarder.upstreamTLS.acceptsAnyCertificate = command.tls.acceptsAnyCertificate
        forwarder.upstreamTLS.certificate = try command.tls.certificate.map {
            CertificateFiles(chain: $0.chain, key: $0.key)
        }
        let name = sessions.supplementName
        let database = sessions.path
        var configuration = ProxyRecording.Configuration(forwarder: forwarder)
        configuration.name = name
        configuration.inflater = ZlibInflater.self
        configuration.isLossless = true
        configuration.redactor = try command.redaction.redactor()
        let whole = configuration
        return MissRecording(name: name, database: database) { onListening in
            let clock = RecordingClock()
            let writer = try CaptureWriter(
                path: database,
                recording: RecordingStart(
                    name: name, source: .mock, target: target.withoutCredentials,
                    command: CommandLineText.recorded(CommandLine.arguments), toolVersion: InspectCommand.version,
                    foldVersion: Fold.version, startedNs: clock.now),
                options: .init(commitPatienceMs: 150))
            let recordingID = writer.recordingID
            return try await ProxyRecording(configuration: whole, clock: clock).run(
                recordingID: recordingID, into: writer, observer: nil, onListening: onListening)
        }
    }
}
