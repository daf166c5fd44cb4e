import Foundation
import TestSupport
import Testing
import Traffic
import TrafficStore
import WireFormats

@testable import Scenario

@Suite(.timeLimit(.minutes(2)))
struct RecordedSessionTests {
    @Test(arguments: KeptCapture.all)
    func `a recorded session is read as a whole`(_ capture: KeptCapture) throws {
        try KeptSessions.of(capture) { reader, ids in
            for id in ids {
                let session = try RecordedSession(id, in: reader)
                #expect(session.session.row.id == id && !session.exchanges.isEmpty)
                for call in session.calls {
                    let request = try #require(session.message(call.requestID))
                    #expect(request.value?["method"]?.string == call.method)
                    guard let answer = session.message(call.responseID) else { continue }
                    #expect(answer.value?["result"] != nil || answer.value?["error"] != nil)
                }
            }
        }
    }

    @Test func `a session that is not there is a sentence`() throws {
        let capture = try #require(KeptCapture.all.first)
        try KeptSessions.of(capture) { reader, _ in
            let failure = #expect(throws: StoreFailure.self) { try RecordedSession(7, in: reader) }
            #expect(failure?.code == .noSuchSession)
        }
    }
}

/// The sessions of a kept capture, in a folder that goes away.
enum KeptSessions {
    static func of(_ capture: KeptCapture, _ body: (CaptureReader, [Int64]) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("scenario-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let reader = try CaptureReader(path: try capture.build(in: folder.path))
        try body(reader, try reader.sessions().map(\.row.id))
    }
}
