extension Migration {
    /// Content as sent beside the decoded, of requests too, and why some is not decoded.
    static let content = Migration(
        version: 2,
        sql: """
            ALTER TABLE exchanges ADD COLUMN request_raw BLOB;
            ALTER TABLE exchanges ADD COLUMN notes TEXT;
            """)
}
