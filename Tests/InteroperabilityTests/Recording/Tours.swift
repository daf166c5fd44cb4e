import Foundation

/// The programs of one cell.
struct Tours {
    var cell: Cell
    var certificates: Certificates?
    var installation: Installation
    var folder: URL

    func database(_ legs: Legs) -> URL { folder.appending(path: "\(legs).sqlite") }

    func server() throws -> ChildProcess {
        let script = installation.scripts.appending(path: cell.server[0]).path
        var arguments = [script] + cell.server.dropFirst() + ["--port", "0", "--until-stdin-ends"]
        if let certificates { arguments += certificates.ofListener }
        let python = cell.serverNeedsSDK2 ? installation.python2 : installation.python
        return try ChildProcess("server", python, arguments, in: folder)
    }

    /// Where a server of the cell is, when it accepts connections.
    func url(of server: ChildProcess) async throws -> URL {
        try await server.wait(for: "ready line", seconds: 30) { try TourReady(server.output) }.url
    }

    func tour(_ name: String, _ url: URL, expectations: URL? = nil) async throws -> Transcript {
        var arguments = [installation.scripts.appending(path: "tour.py").path, url.absoluteString]
        arguments += ["--client", cell.client.rawValue, "--dialect", cell.dialect]
        arguments += ["--route", cell.route, "--without", cell.without.joined(separator: ",")]
        if cell.finds { arguments.append("--finds") }
        if let expectations { arguments += ["--expectations", expectations.path] }
        if url.scheme == "https", let certificates { arguments += certificates.ofClient }
        let python = cell.client == .sdk1 ? installation.python : installation.python2
        let tour = try ChildProcess("tour-\(name)", python, arguments, in: folder)
        return try await tour.during { tour in
            try await tour.succeed(within: 75)
            return Transcript(text: tour.outputText)
        }
    }

    /// The tour through the recorder, which is then ended as at the keyboard.
    func recordedTour(_ target: URL, over legs: Legs) async throws -> (Transcript, Expectations) {
        let port = try freeLoopbackPort()
        let listen = "127.0.0.1:\(port)"
        var arguments = ["record", target.absoluteString, "--listen", listen, "--db", database(legs).path]
        if legs.client, let certificates { arguments += certificates.ofListener }
        if legs.upstream, let certificates { arguments += certificates.ofClient }
        let recorder = try ChildProcess("recorder-\(legs)", installation.inspector, arguments, in: folder)
        return try await recorder.during { recorder in
            _ = try await recorder.wait(for: "line with \(listen)", seconds: 15) {
                (recorder.outputText + recorder.errorText).contains(listen) ? true : nil
            }
            guard let url = URL(string: "\(legs.client ? "https" : "http")://\(listen)\(target.path)") else {
                throw HarnessFailure("no URL can be made of \(listen) and \(target.path)")
            }
            let expectations = folder.appending(path: "\(legs).json")
            let transcript = try await tour("\(legs)", url, expectations: expectations)
            recorder.interrupt()
            try await recorder.succeed(within: 15)
            return (
                transcript, try JSONDecoder.ofColumns.decode(Expectations.self, from: Data(contentsOf: expectations))
            )
        }
    }
}

extension Tours {
    /// The tour with the capture of another served in place of the server, which must know all that is asked.
    func mockedTour(_ capture: URL, _ path: String) async throws -> Transcript {
        let listen = "127.0.0.1:\(try freeLoopbackPort())"
        let arguments = ["mock", capture.path, "--listen", listen]
        let mock = try ChildProcess("mock", installation.inspector, arguments, in: folder)
        return try await mock.during { mock in
            _ = try await mock.wait(for: "line with \(listen)", seconds: 15) {
                mock.outputText.contains(listen) ? true : nil
            }
            guard let url = URL(string: "http://\(listen)\(path)") else {
                throw HarnessFailure("no URL can be made of \(listen) and \(path)")
            }
            let transcript = try await tour("mocked", url)
            mock.interrupt()
            try await mock.succeed(within: 15)
            let misses = mock.outputText.split(separator: "\n").filter { $0.contains("not in the recording") }
            guard misses.isEmpty else { throw HarnessFailure(misses.joined(separator: "\n")) }
            return transcript
        }
    }
}

/// A port of 127.0.0.1 that was free a moment ago.
func freeLoopbackPort() throws -> UInt16 {
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
