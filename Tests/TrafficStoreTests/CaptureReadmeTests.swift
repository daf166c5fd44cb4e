import TestSupport
import Testing
import Traffic
import TrafficStore

@Suite struct CaptureReadmeTests {
    private let folder = TemporaryFolder()
    private static let readme = (try? RepositoryFiles.text("captures/README.md")) ?? ""

    private func makeCapture() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        var batch = RowBatch()
        let session = rows.session("claude-code")
        var post = rows.exchange(
            on: 1, session: session.id, at: 1, end: 20,
            body: #"{"method":"tools/call","params":{"name":"echo","arguments":{"a":1}}}"#)
        post.responseBody = Array(#"{"result":{"content":[{"type":"text","text":"hello"}]}}"#.utf8)
        post.edits = [Edit(place: .request, what: "host", from: "a", to: "b")]
        let failed = rows.exchange(on: 1, session: session.id, status: 500, at: 30, end: 31)
        let stream = rows.exchange("GET", on: 1, session: session.id, at: 40, end: 100_000, isStream: true)
        var request = rows.message(
            .request, .clientToServer, session: session.id, exchange: post.id, at: 1, method: "tools/call")
        request.name = "echo"
        var response = rows.message(
            .response, .serverToClient, session: session.id, exchange: post.id, at: 9, body: .responseBody)
        var again = response
        again.id = rows.id()
        again.duplicateOf = response.id
        var call = rows.call(
            .ok, session: session.id, exchange: post.id, request: request.id, at: 1, name: "echo", latency: 8)
        call.responseID = response.id
        request.callID = call.id
        response.callID = call.id
        batch.sessions = [session]
        batch.exchanges = [post, failed, stream]
        batch.streamEvents = [
            rows.event(": ping\n\n", kind: .comment, on: stream.id, seq: 0, at: 90_000, comment: " ping")
        ]
        batch.messages = [request, response, again]
        batch.calls = [call]
        _ = try writer.commit(batch)
        try writer.close(endedNs: sampleStart)
        var divergence = DivergenceRow(kind: "result", path: "$.result.content[0].text")
        divergence.callID = call.id
        _ = try RunStore(path: folder.file()).keep(
            ReplayRow(
                sessionID: session.id, command: "replay", toolVersion: "0.1.0", failOn: "result",
                startedNs: sampleStart), divergences: [divergence])
    }

    @Test func `the page has examples`() { #expect(DocumentedQueries.all.count >= 12) }

    @Test(arguments: DocumentedQueries.all)
    func `every example finds something`(_ sql: String) throws {
        try makeCapture()
        #expect(try !CaptureReader(path: folder.file()).values(sql).isEmpty)
        #expect(try !Shell(folder.file()).rows(sql).isEmpty)
    }

    @Test func `the page names every column of every table and view`() throws {
        try makeCapture()
        let columns = try Shell(folder.file()).rows(
            """
            SELECT t.name, c.name FROM pragma_table_list t, pragma_table_info(t.name) c
            WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%'
                AND t.name NOT IN ('session_summary', 'timeline', 'errors')
            """)
        #expect(columns.count > 100)
        let missing = columns.filter { column in
            column.contains { !Self.readme.contains("`\($0)`") }
        }
        #expect(missing == [])
    }
}
