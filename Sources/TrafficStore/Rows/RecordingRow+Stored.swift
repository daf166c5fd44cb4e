import Traffic

extension RecordingRow: StoredRow {
    static let table = Table(
        "recordings",
        """
        id name source target command tool_version fold_version pid pid_started boot_id started_ns ended_ns
        interrupted gaps gap_bytes
        """)

    func put(into statement: Statement) {
        statement.put(id)
        statement.put(name)
        statement.put(source)
        statement.put(target)
        statement.put(command)
        statement.put(toolVersion)
        statement.put(Int64(foldVersion))
        statement.put(pid)
        statement.put(pidStarted)
        statement.put(bootID)
        statement.put(startedNs)
        statement.put(endedNs)
        statement.put(interrupted)
        statement.put(gaps)
        statement.put(gapBytes)
    }

    init(from statement: Statement) throws(StoreFailure) {
        self.init(
            id: statement.takeInteger(), name: statement.takeOptionalText(), source: try statement.takeWord(),
            target: statement.takeOptionalText(), command: statement.takeText(), toolVersion: statement.takeText(),
            foldVersion: Int(statement.takeInteger()), pid: statement.takeInteger(),
            pidStarted: statement.takeInteger(), bootID: statement.takeText(), startedNs: statement.takeInteger(),
            endedNs: statement.takeOptionalInteger(), interrupted: statement.takeInteger() != 0,
            gaps: statement.takeInteger(), gapBytes: statement.takeInteger())
    }
}
