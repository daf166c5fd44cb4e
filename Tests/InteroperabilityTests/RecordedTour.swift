import Foundation

/// A cell's two tours, direct and through the recorder, and the capture of the second.
struct RecordedTour {
    var direct: Transcript
    var recorded: Transcript
    var expectations: Expectations
    var capture: Capture

    /// Starts the server and the recorder, takes both tours, and leaves only files in `folder`.
    static func take(_ cell: Cell, _ installation: Installation, in folder: URL) async throws -> RecordedTour {
        let tours = Tours(cell: cell, installation: installation, folder: folder)
        return try await tours.server().during { server in
            let url = try await server.wait(for: "ready line", seconds: 30) { try ready(server.output) }
            let direct = try await tours.tour("direct", url)
            let (recorded, expectations) = try await tours.recordedTour(url)
            let capture = try await Capture.read(tours.database, installation, in: folder)
            return RecordedTour(direct: direct, recorded: recorded, expectations: expectations, capture: capture)
        }
    }

    private static func ready(_ output: Data) throws -> URL? {
        struct Ready: Decodable { var url: URL }
        guard let end = output.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        return try JSONDecoder().decode(Ready.self, from: output[..<end]).url
    }
}

private struct Tours {
    var cell: Cell
    var installation: Installation
    var folder: URL
    var database: URL { folder.appending(path: "capture.sqlite") }
    var expectationsFile: URL { folder.appending(path: "expectations.json") }

    func server() throws -> ChildProcess {
        let script = installation.scripts.appending(path: cell.server[0]).path
        let arguments = [script] + cell.server.dropFirst() + ["--port", "0", "--until-stdin-ends"]
        return try ChildProcess("server", installation.python, arguments, in: folder)
    }

    func tour(_ name: String, _ url: URL) async throws -> Transcript {
        let arguments =
            [installation.scripts.appending(path: "tour.py").path, url.absoluteString]
            + ["--dialect", cell.dialect, "--route", cell.route, "--without", cell.without.joined(separator: ",")]
            + ["--expectations", expectationsFile.path]
        let tour = try ChildProcess("tour-\(name)", installation.python, arguments, in: folder)
        return try await tour.during { tour in
            try await tour.succeed(within: 75)
            return Transcript(text: tour.outputText)
        }
    }

    /// The tour through the recorder, which is then ended as at the keyboard.
    func recordedTour(_ target: URL) async throws -> (Transcript, Expectations) {
        let port = try freeLoopbackPort()
        let listen = "127.0.0.1:\(port)"
        let arguments = ["record", target.absoluteString, "--listen", listen, "--db", database.path]
        let recorder = try ChildProcess("recorder", installation.inspector, arguments, in: folder)
        return try await recorder.during { recorder in
            _ = try await recorder.wait(for: "line with \(listen)", seconds: 15) {
                (recorder.outputText + recorder.errorText).contains(listen) ? true : nil
            }
            guard let url = URL(string: "http://\(listen)\(target.path)") else {
                throw HarnessFailure("no URL can be made of \(listen) and \(target.path)")
            }
            let transcript = try await tour("recorded", url)
            recorder.interrupt()
            try await recorder.succeed(within: 15)
            let expectations = try JSONDecoder().decode(
                Expectations.self, from: Data(contentsOf: expectationsFile))
            return (transcript, expectations)
        }
    }
}

/// A port of 127.0.0.1 that was free a moment ago.
private func freeLoopbackPort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw HarnessFailure("no socket: \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let failed = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, length) != 0 || getsockname(descriptor, $0, &length) != 0
        }
    }
    guard !failed else { throw HarnessFailure("no free port: \(String(cString: strerror(errno)))") }
    return UInt16(bigEndian: address.sin_port)
}
