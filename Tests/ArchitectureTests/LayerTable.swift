/// Who may know whom. A target imports what stands on a lower layer than its own, and of modules from outside what
/// its line names; Swift's own modules are free.
enum LayerTable {
    struct Line {
        let layer: Int
        let outside: Set<String>

        init(_ layer: Int, _ outside: Set<String> = []) {
            self.layer = layer
            self.outside = outside
        }
    }

    private static let nio: Set<String> = ["NIOCore", "NIOPosix"]

    static let lines: [String: Line] = [
        "WireFormats": Line(1),
        "Traffic": Line(2, ["HTTPTypes", "Collections", "Crypto"]),
        "Conversation": Line(3),
        "Scenario": Line(3),
        "CSQLite": Line(4),
        "CEpoll": Line(4),
        "CZlib": Line(4),
        "MCPTransports": Line(5, nio.union(["NIOSSL", "NIOTLS", "NIOHTTP2", "NIOHPACK", "Logging"])),
        "MCPTransportsTestKit": Line(6, nio),
        "Forwarding": Line(5, nio.union(["NIOSSL", "NIOTLS", "Crypto", "X509", "SwiftASN1"])),
        "Recording": Line(6, nio),
        "TrafficStore": Line(6),
        "Replaying": Line(6, nio),
        "LoadTesting": Line(6),
        "DemoServer": Line(6),
        "InspectCommands": Line(7, ["ArgumentParser", "ServiceLifecycle", "UnixSignals", "Logging"]),
        "mcp-inspect": Line(8, ["ArgumentParser"]),
    ]

    /// Modules of the toolchain.
    static let toolchain: Set<String> = ["Swift", "Glibc", "Musl", "Foundation", "Dispatch", "Synchronization"]

    /// Layers whose targets are pure: they get by without the operating system.
    static let pure = 1...3
    static let pureToolchain: Set<String> = ["Swift", "Glibc"]

    /// The only target that speaks to SQLite, and the only one that inflates.
    static let onlyImporter = ["CSQLite": "TrafficStore", "CZlib": "Recording"]
}
