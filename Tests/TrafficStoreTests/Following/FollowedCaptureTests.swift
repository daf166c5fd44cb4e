import TestSupport
import Testing
import Traffic

@testable import TrafficStore

@Suite struct FollowedCaptureTests {
    private let folder = TemporaryFolder()

    @Test(arguments: KeptCapture.all)
    func `a capture of any format is followed`(_ kept: KeptCapture) throws {
        let path = try kept.build(in: folder.path)
        let reader = try CaptureReader(path: path)
        let messages = try #require(Int(try reader.texts("SELECT count(*) FROM messages")[0]))
        let calls = try #require(Int(try reader.texts("SELECT count(*) FROM calls")[0]))
        let all = try #require(try CaptureFollower(path: path, from: .time(0)).next())
        #expect(all.messages.count == messages && all.calls.count == calls && !all.exchanges.isEmpty)
        let last = try #require(try CaptureFollower(path: path, from: .last(1)).next())
        #expect(last.messages.count == 1)
    }

    @Test func `a change that could not be read is read the next time`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        let capture = try FollowedCapture(folder.file())
        #expect(throws: StoreFailure.self) {
            try capture.ifChanged(or: false) { () throws(StoreFailure) in throw StoreFailure(.locked, "busy") }
        }
        #expect(try capture.ifChanged(or: false) { true } == true)
        #expect(try capture.ifChanged(or: false) { true } == nil)
        #expect(try capture.ifChanged(or: true) { true } == true)
        try writer.close(endedNs: sampleStart)
    }
}
