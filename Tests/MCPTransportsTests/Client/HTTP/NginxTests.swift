import Foundation
import NIOCore
import Testing

@testable import MCPTransports

/// The client with a server that is not ours: nginx, by HTTP/1.1 and by HTTP/2.
@Suite(
    .timeLimit(.minutes(1)), .serialized,
    .enabled(if: Program.find("nginx") != nil, "nginx is not installed; Tests/Setup/packages.sh test installs it"))
struct NginxTests {
    private let certificates: Certificates
    private let folder: String

    init() throws {
        certificates = try Certificates.shared.get()
        folder = certificates.folder + "/nginx-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// Runs nginx with a page, a large page, and a place that takes posts; `directives` are the server's.
    private func withNginx(_ directives: String = "", _ body: (_ port: Int) async throws -> Void) async throws {
        let reserved = try ReservedPort()
        defer { withExtendedLifetime(reserved) {} }
        let port = reserved.number
        try String(repeating: "0123456789abcdef", count: 1 << 16)
            .write(toFile: folder + "/large", atomically: true, encoding: .utf8)
        let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder);" }
        let settings = """
            daemon off; master_process off; pid \(folder)/pid; error_log stderr;
            events { worker_connections 64; }
            http {
                access_log off; \(paths.joined(separator: " "))
                server {
                    listen 127.0.0.1:\(port) ssl http2;
                    ssl_certificate \(certificates.folder)/server.pem;
                    ssl_certificate_key \(certificates.folder)/server.key;
                    client_max_body_size 64m; \(directives)
                    location /page { return 200 "$server_protocol $http_user_agent"; }
                    location /large { root \(folder); }
                    location /mcp { return 202; }
                }
            }
            """
        try settings.write(toFile: folder + "/conf", atomically: true, encoding: .utf8)
        let nginx = try Program(
            "nginx", ["-e", "stderr", "-p", folder, "-c", folder + "/conf"], log: folder + "/log")
        try await nginx.isListening(on: port)
        try await body(port)
        _ = nginx
    }

    private func client(_ port: Int, offersHTTP2: Bool) async throws -> RunningClient {
        var configuration = certificates.trusting
        configuration.offersHTTP2 = offersHTTP2
        return try await RunningClient("https://localhost:\(port)", configuration)
    }

    @Test(arguments: [("HTTP/2.0", true), ("HTTP/1.1", false)])
    func `Pages small and large, posts small and large`(wire: String, offersHTTP2: Bool) async throws {
        try await withNginx { port in
            let client = try await client(port, offersHTTP2: offersHTTP2)
            try await client.begin(1, .get("/page"))
            #expect(try await client.end(of: 1).body == "\(wire) \(LibraryVersion.userAgent)")
            try await client.begin(2, .get("/large"))
            #expect(try await client.end(of: 2).body.utf8.count == 1 << 20)
            for (number, size) in [(3, 2), (4, 1 << 20)] as [(UInt32, Int)] {
                try await client.begin(number, .post(String(repeating: " ", count: size)))
                let record = try await client.end(of: number)
                #expect(record.isComplete && record.head?.status == 202)
            }
            try await client.begin(5, .get("/none"))
            #expect(try await client.end(of: 5).head?.status == 404)
            try await client.close()
        }
    }

    @Test(arguments: [true, false])
    func `A server that takes few requests on one connection gets the others on the next`(offersHTTP2: Bool)
        async throws
    {
        try await withNginx("keepalive_requests 3;") { port in
            let client = try await client(port, offersHTTP2: offersHTTP2)
            for number in 1...10 as ClosedRange<UInt32> {
                try await client.begin(number, .get("/page"))
                let record = try await client.end(of: number)
                #expect(record.isComplete && record.head?.status == 200, "\(number): \(String(describing: record.end))")
            }
            try await client.close()
        }
    }
}
