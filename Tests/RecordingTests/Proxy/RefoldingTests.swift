import Testing

/// `reindex(record(x)) == record(x)`: what is derived from the stored rows is what was derived while recording.
@Suite(.timeLimit(.minutes(5)))
struct RefoldingTests {
    @Test(arguments: 0..<40)
    func `deriving again changes nothing, however the traffic was interleaved, cut and committed`(seed: Int) throws {
        let folder = try TemporaryFolder()
        try Plan.record(seed: seed, to: folder.database)
        try expectReindexChangesNothing(folder.database)
    }
}
