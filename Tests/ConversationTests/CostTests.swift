import Conversation
import Foundation
import Testing

/// What a conversation costs, measured by `conversation-cost` over sockets, in a process of its own, because only there can
/// `malloc` be counted.
@Suite struct CostTests {
    struct Report: Decodable {
        struct Case: Decodable {
            let `case`: String
            let mallocsPerRoundTrip: Double
            let bytesPerIdleClient: Int
            let bytesPerIdleClientWithOwnersHandshake: Int
        }

        let isOptimized: Bool
        let inlineSize: Int
        let cases: [Case]
    }

    @Test func `a machine is small`() {
        #expect(MemoryLayout<ConversationMachine>.size <= 512)
    }

    @Test(.timeLimit(.minutes(1))) func `an idle client holds little`() throws {
        let report = try Self.report(Self.folder.appending(path: "conversation-cost"))
        #expect(report.inlineSize <= 512)
        #expect(report.cases.count == 6)
        for one in report.cases {
            // That it holds something says that it was counted at all.
            #expect((200...1024).contains(one.bytesPerIdleClient), "\(one)")
            #expect((200...1024).contains(one.bytesPerIdleClientWithOwnersHandshake), "\(one)")
        }
    }

    /// Unoptimized generics of the standard library put their temporaries on the heap, so that only an optimized build
    /// says what a round trip allocates; `make test` has one.
    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: CostTests.optimized.path), "no optimized conversation-cost"),
        .timeLimit(.minutes(1)))
    func `a steady round trip allocates nothing`() throws {
        let report = try Self.report(Self.optimized)
        #expect(report.isOptimized)
        for one in report.cases {
            #expect(one.mallocsPerRoundTrip == 0, "\(one)")
            #expect((200...1024).contains(one.bytesPerIdleClient), "\(one)")
        }
    }

    /// Where the program is that runs the tests.
    private static let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    static let optimized = folder.deletingLastPathComponent().appending(path: "release/conversation-cost")

    private static func report(_ executable: URL) throws -> Report {
        let process = Process()
        let output = Pipe()
        process.executableURL = executable
        process.standardOutput = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try JSONDecoder().decode(Report.self, from: text)
    }
}
