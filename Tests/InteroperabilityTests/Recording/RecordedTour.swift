import Foundation

/// Which sides of the recorder speak TLS.
struct Legs: Sendable, Hashable, CustomStringConvertible {
    var client = false
    var upstream = false

    static let plain = Legs()
    static let overTLS = [Legs(client: true), Legs(upstream: true), Legs(client: true, upstream: true)]

    var description: String {
        switch (client, upstream) {
        case (false, false): "plain"
        case (true, false): "TLS to the client"
        case (false, true): "TLS to the server"
        case (true, true): "TLS on both sides"
        }
    }
}

/// Two tours of a cell, direct and through the recorder, the capture of the second, and a third of the capture alone.
struct RecordedTour {
    var legs: Legs
    var direct: Transcript
    var recorded: Transcript
    /// With the capture served in place of the server; not over TLS.
    var mocked: Transcript?
    var expectations: Expectations
    var capture: Capture

    /// Starts the server, takes one tour direct and one for each of `legs` through a recorder, and leaves only files
    /// in `folder`.
    static func take(
        _ cell: Cell, over legs: [Legs], _ installation: Installation, in folder: URL
    ) async throws -> [RecordedTour] {
        let certificates =
            legs.contains { $0 != .plain } ? try await Certificates.make(installation, in: folder) : nil
        let tours = Tours(cell: cell, certificates: certificates, installation: installation, folder: folder)
        return try await tours.server().during { server in
            let ready = try await server.wait(for: "ready line", seconds: 30) { try TourReady(server.output) }
            let direct = try await tours.tour("direct", ready.url)
            var taken: [RecordedTour] = []
            for legs in legs {
                guard let target = legs.upstream ? ready.tlsUrl : ready.url else {
                    throw HarnessFailure("the server of \(cell.name) has no URL for \(legs)")
                }
                let (recorded, expectations) = try await tours.recordedTour(target, over: legs)
                let mocked = legs == .plain ? try await tours.mockedTour(tours.database(legs), target.path) : nil
                let capture = try await Capture.read(tours.database(legs), installation, in: folder)
                taken.append(
                    RecordedTour(
                        legs: legs, direct: direct, recorded: recorded, mocked: mocked, expectations: expectations,
                        capture: capture))
            }
            return taken
        }
    }
}

/// The line that a server prints when it accepts connections.
struct TourReady: Decodable {
    var url: URL
    var tlsUrl: URL?

    init?(_ output: Data) throws {
        guard let end = output.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        self = try JSONDecoder.ofColumns.decode(TourReady.self, from: output[..<end])
    }
}

/// An authority, and a certificate of 127.0.0.1 that it signed, for servers and recorders alike.
struct Certificates {
    var authority: URL
    var certificate: URL
    var key: URL

    static func make(_ installation: Installation, in folder: URL) async throws -> Certificates {
        let arguments = [installation.scripts.appending(path: "certificates.py").path, folder.path]
        let maker = try ChildProcess("certificates", installation.python, arguments, in: folder)
        try await maker.during { try await $0.succeed(within: 30) }
        return Certificates(
            authority: folder.appending(path: "ca.pem"), certificate: folder.appending(path: "server.pem"),
            key: folder.appending(path: "server.key"))
    }

    /// What makes a server, or a recorder's listener, speak TLS.
    var ofListener: [String] { ["--tls-cert", certificate.path, "--tls-key", key.path] }
    /// What makes a client, or a recorder towards its target, trust such a server.
    var ofClient: [String] { ["--cacert", authority.path] }
}
