import Foundation
import Recording
import Testing
import Traffic
import TrafficStore

/// Secrets planted in every place that is masked are found nowhere, neither while the recorder runs nor after.
@Suite struct PlantedSecretsTests {
    private static let plants = Planted.everywhere()

    /// The secrets that stand in any file of the folder, and in which.
    private static func found(in folder: TemporaryFolder) throws -> [String] {
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        var found: [String] = []
        for file in files {
            // A file may go while it is looked for: the log of the capture does.
            guard let data = try? Data(contentsOf: URL(filePath: folder.path + "/" + file)) else { continue }
            for (place, secret) in plants.secrets where data.range(of: Data(secret.utf8)) != nil {
                found.append("\(place) in \(file)")
            }
        }
        return found
    }

    /// All that the tables hold, encoded content decoded.
    private static func contents(_ path: String) throws -> String {
        let capture = try Capture(path)
        var all = ""
        for table in [
            "recordings", "connections", "exchanges", "stream_events", "gaps", "sessions", "message_rows", "calls",
        ] {
            for row in try capture.values("SELECT * FROM \(table)") {
                for value in row {
                    if case .blob(let bytes) = value {
                        all += String(decoding: bytes, as: UTF8.self) + "\n"
                        for wrapping in [Wrapping.gzip, .zlib, .none] {
                            var output: [UInt8] = []
                            _ = ZlibInflater(wrapping).inflate(bytes.span.bytes, into: &output, limit: 1 << 20)
                            all += String(decoding: output, as: UTF8.self) + "\n"
                        }
                    } else {
                        all += "\(value)\n"
                    }
                }
            }
        }
        return all
    }

    private static func standing(in text: String) -> [String] {
        plants.secrets.filter { text.contains($0.value) }.map(\.place)
    }

    /// Records the conversation with these options and calls `meanwhile` after each exchange.
    private static func record(
        _ folder: TemporaryFolder, _ options: [String], _ meanwhile: @escaping @Sendable () throws -> Void
    ) async throws {
        try await plants.serve { upstream in
            let recorder = try await RecorderProcess(upstream: upstream, folder: folder, ["-v"] + options)
            for exchange in plants.exchanges { try await plants.call(exchange, recorder.port, meanwhile) }
            await eventually {
                let query = "SELECT count(*) FROM connections WHERE leg = 'client' AND closed_ns IS NOT NULL"
                return (try? Capture(folder.database).integers(query)) == [Int64(plants.exchanges.count)]
            }
            try meanwhile()
            let status = try await recorder.interrupt()
            #expect(status == 0)
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `no secret reaches the disk, an export or the terminal`() async throws {
        let folder = try TemporaryFolder()
        try await Self.record(folder, ["--redact-key", "Account"]) {
            let found = try Self.found(in: folder)
            #expect(found == [])
        }
        let session = "\(folder.database)#\(1 << 32 | 1)"
        let copy = folder.path + "/copy.sqlite"
        var said = try RecorderProcess.output(of: ["export", session, "-o", copy], folder: folder)
        for options in [[], ["--format", "json"], ["--raw"]] {
            said += try RecorderProcess.output(of: ["show", session] + options, folder: folder)
        }
        said += try RecorderProcess.output(of: ["problems", session], folder: folder)
        // Builds the index of all text.
        said += try RecorderProcess.output(of: ["show", session, "text:login"], folder: folder)
        said += try RecorderProcess.output(
            of: ["sessions", "--db", folder.database, "--format", "json"], folder: folder)
        #expect(said.contains("hmac:") && said.contains("tools/call"))
        #expect(try Self.found(in: folder) == [])
        let held = try Self.contents(folder.database) + Self.contents(copy)
        #expect(Self.standing(in: held) == [])
        for kept in ["kept-token", "kept-cursor", "plain=shown"] where !held.contains(kept) {
            Issue.record("\(kept) is gone")
        }
        try expectReindexChangesNothing(folder.database)
        #expect(try Self.found(in: folder) == [])
    }

    @Test(.timeLimit(.minutes(2)))
    func `each of them is there where nothing is masked`() async throws {
        let folder = try TemporaryFolder()
        try await Self.record(folder, ["--no-redact"]) {}
        let held = try Self.contents(folder.database)
        #expect(Self.standing(in: held) == Self.plants.secrets.map(\.place))
    }

    @Test(.timeLimit(.minutes(2)))
    func `messages stay as they are where that is asked for, heads and forms do not`() async throws {
        let folder = try TemporaryFolder()
        try await Self.record(folder, ["--keep-bodies"]) {}
        let held = try Self.contents(folder.database)
        let outside = [
            "query", "escaped query", "Authorization", "cookie", "API key", "referer", "Set-Cookie", "Location",
            "response token", "form code", "form secret", "token answer", "refresh answer", "endpoint", "parameter",
            "forwarded Authorization", "Token", "Origin", "Link", "no gzip", "no brotli", "no brotli form",
            "endpoint comment",
        ]
        let standing = Self.standing(in: held)
        #expect(standing == Self.plants.secrets.map(\.place).filter { !outside.contains($0) })
    }
}
