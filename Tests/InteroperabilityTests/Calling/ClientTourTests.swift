import Foundation
import MCPTransports
import Testing

/// Our client, and servers that we did not write.
@Suite("Our client and real servers", .serialized, .timeLimit(.minutes(3)))
struct ClientTourTests {
    @Test("Our client uses all that a server offers, in every dialect it speaks", arguments: ForeignServer.all)
    func tour(server: ForeignServer) async throws {
        let installation = try Installation.find()
        let folder = FileManager.default.temporaryDirectory.appending(path: "calling-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }

        try await server.run(installation, in: folder) { port in
            let found: [HTTPDialect?] = [nil]
            for dialect in server.dialects + found {
                try await Relay.run(to: port, cutting: []) { port, relay in
                    let tour = try ClientTour(of: server, forcing: dialect, through: relay, port: port)
                    do {
                        try await tour.take()
                    } catch {
                        Issue.record("\(tour.description): \(error)")
                        await tour.client.close()
                    }
                }
            }
        }
    }
}
