import Traffic

extension ReplayRow: StoredRow {
    static let table = Table(
        "replays",
        """
        id session_id live_recording_id target command tool_version dialect speed fail_on started_ns ended_ns calls
        divergences masked
        """)

    func put(into statement: Statement) {
        statement.put(id)
        statement.put(sessionID)
        statement.put(liveRecordingID)
        statement.put(target)
        statement.put(command)
        statement.put(toolVersion)
        statement.put(dialect)
        statement.put(speed)
        statement.put(failOn)
        statement.put(startedNs)
        statement.put(endedNs)
        statement.put(calls)
        statement.put(divergences)
        statement.put(masked)
    }

    init(from statement: Statement) throws(StoreFailure) {
        let id = statement.takeInteger()
        let sessionID = statement.takeInteger()
        let liveRecordingID = statement.takeOptionalInteger()
        let target = statement.takeOptionalText()
        let command = statement.takeText()
        let toolVersion = statement.takeText()
        let dialect: Dialect? = try statement.takeOptionalWord()
        let speed = statement.takeOptionalText()
        self.init(
            sessionID: sessionID, command: command, toolVersion: toolVersion, failOn: statement.takeText(),
            startedNs: statement.takeInteger())
        self.id = id
        self.liveRecordingID = liveRecordingID
        self.target = target
        self.dialect = dialect
        self.speed = speed
        endedNs = statement.takeOptionalInteger()
        calls = statement.takeInteger()
        divergences = statement.takeInteger()
        masked = statement.takeInteger()
    }
}

extension DivergenceRow: StoredRow {
    static let table = Table(
        "divergences", "id replay_id call_id live_call_id kind path recorded live masked_by")

    func put(into statement: Statement) {
        statement.put(id)
        statement.put(replayID)
        statement.put(callID)
        statement.put(liveCallID)
        statement.put(kind)
        statement.put(path)
        statement.put(recorded)
        statement.put(live)
        statement.put(maskedBy)
    }

    init(from statement: Statement) throws(StoreFailure) {
        let id = statement.takeInteger()
        let replayID = statement.takeInteger()
        let callID = statement.takeOptionalInteger()
        let liveCallID = statement.takeOptionalInteger()
        self.init(kind: statement.takeText(), path: statement.takeText())
        self.id = id
        self.replayID = replayID
        self.callID = callID
        self.liveCallID = liveCallID
        recorded = statement.takeOptionalText()
        live = statement.takeOptionalText()
        maskedBy = statement.takeOptionalText()
    }
}
