/// The version of this library, as it names itself to servers.
public enum LibraryVersion {
    /// The version.
    public static let text = "0.1.0"
    /// The value of `User-Agent` where none is set (RFC 9110 §10.1.5).
    public static let userAgent = "mcp-transports/\(text)"
}
