import Foundation

/// The demo server in a process of its own, on loopback, which ends with this one whatever way this one ends.
struct DemoServerProcess {
    let url: String
    private let process: Process
    private let input: Pipe

    /// Starts it and waits until it listens.
    static func start(listen: ListenAddress = .ofDemoServer) async throws -> Self {
        let process = Process()
        let input = Pipe()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["demo-server", "--listen", "\(listen)", "--until-input-ends"]
        process.standardInput = input
        process.standardOutput = output
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let ready = output.fileHandleForReading.availableData
        guard !ready.isEmpty else {
            process.waitUntilExit()
            let reason = String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
            let sentence = reason.split(separator: "\n").first.map(String.init) ?? "it ended without a word"
            if sentence.contains("in use") {
                throw CommandFailure(
                    .usage,
                    "cannot start the demo server: \(listen) is in use; if one runs there, pass http://\(listen)/mcp")
            }
            throw CommandFailure(
                .usage, "cannot start the demo server: \(sentence.replacing("mcp-inspect: ", with: ""))")
        }
        // Where the system chose the port, the first line says which: `demo server: http://127.0.0.1:41234/mcp (…`
        let said = String(decoding: ready, as: UTF8.self)
        let port = said.firstMatch(of: #/http://[^/]*:(\d+)//#).flatMap { Int($0.output.1) } ?? listen.port
        let address = ListenAddress(host: listen.host, port: port)
        return DemoServerProcess(url: "http://\(address)", process: process, input: input)
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
