// swift-tools-version: 6.2
import PackageDescription

// Targets stand in layer order, lowest first. Tests/ArchitectureTests holds the imports of every file against
// the same order, so a new edge is a change here and there.

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]
let secured: [Target.Dependency] = [
    .product(name: "NIOTLS", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
    .product(name: "NIOHTTP2", package: "swift-nio-http2"),
]
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "mcp-inspect",
    products: [
        .executable(name: "mcp-inspect", targets: ["mcp-inspect"]),
        .library(name: "MCPTransports", targets: ["MCPTransports"]),
        .library(name: "MCPTransportsTestKit", targets: ["MCPTransportsTestKit"]),
    ],
    dependencies: [
        // Sockets and event loops of the proxy, the transports and the demo server.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        // TLS and HTTP/2 of the transports.
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        // The command line.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // HMAC-SHA256 of redacted secrets.
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        // Certificates that vouch for themselves, of the recording proxy.
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        // Start, signals and shutdown of long-running parts.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        // 1: bytes to parts and back; pure.
        .target(name: "WireFormats"),
        // 2: events, decoder, fold, redaction; pure.
        .target(name: "Traffic", dependencies: ["WireFormats", .product(name: "Crypto", package: "swift-crypto")]),
        // 3: one client's conversation as a state machine; what a recorded session does again, and what differs; pure.
        .target(name: "Conversation", dependencies: ["WireFormats"]),
        .target(name: "Scenario", dependencies: ["Traffic", "WireFormats"]),
        // 4: system libraries.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CEpoll"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // 5: what moves bytes.
        .target(
            name: "Forwarding",
            dependencies: ["WireFormats"] + nio + [
                .product(name: "NIOTLS", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ]),
        .target(
            name: "MCPTransports",
            dependencies: ["Conversation", "WireFormats", .product(name: "Logging", package: "swift-log")] + nio
                + secured),
        .target(name: "MCPTransportsTestKit", dependencies: ["MCPTransports", "WireFormats"] + nio),
        // 6: sources, stores and servers.
        .target(
            name: "Recording", dependencies: ["Forwarding", "MCPTransports", "Traffic", "WireFormats", "CZlib"] + nio),
        .target(name: "TrafficStore", dependencies: ["Traffic", "WireFormats", "CSQLite"]),
        .target(
            name: "Replaying",
            dependencies: ["Scenario", "Traffic", "Conversation", "MCPTransports", "WireFormats"] + nio),
        .target(name: "LoadTesting", dependencies: ["Conversation", "WireFormats", "CEpoll"]),
        .target(name: "DemoServer", dependencies: ["MCPTransports"]),
        // 7: the commands.
        .target(
            name: "InspectCommands",
            dependencies: [
                "DemoServer", "MCPTransports", "Recording", "Replaying", "LoadTesting", "Forwarding", "Scenario",
                "Conversation",
                "Traffic", "TrafficStore", "WireFormats", argumentParser,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        // 8: the executable.
        .executableTarget(name: "mcp-inspect", dependencies: ["InspectCommands", argumentParser]),

        // Many sessions at a time, each side in a process of its own.
        .executableTarget(name: "session-bench", dependencies: ["MCPTransports"], path: "Tests/Benchmarks/Sessions"),
        // Made-up traffic through decoder, fold, redaction and store.
        .executableTarget(
            name: "pipeline-bench", dependencies: ["Traffic", "TrafficStore"], path: "Tests/Benchmarks/Pipeline"),
        // Long made-up sessions, planned.
        .executableTarget(
            name: "planning-bench", dependencies: ["Scenario", "Traffic", "TrafficStore"],
            path: "Tests/Benchmarks/Planning"),
        // What a conversation costs: an executable, because only there can malloc be counted.
        .target(name: "CMallocCount", path: "Tests/ConversationCost/CMallocCount"),
        .target(name: "MallocCount", dependencies: ["CMallocCount"], path: "Tests/ConversationCost/MallocCount"),
        .executableTarget(
            name: "conversation-cost", dependencies: ["Conversation", "WireFormats", "CEpoll", "MallocCount"],
            path: "Tests/ConversationCost/Tool"),
        // Tests, mirrored on the sources.
        .target(name: "TestSupport", path: "Tests/TestSupport"),
    ]
)

let tests: [(name: String, dependencies: [Target.Dependency])] = [
    (
        "WireFormatsTests",
        [
            "WireFormats", .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOEmbedded", package: "swift-nio"),
        ]
            + nio
    ),
    ("TrafficTests", ["Traffic", "WireFormats"]),
    ("ConversationTests", ["Conversation", "WireFormats"]),
    ("ScenarioTests", ["Scenario", "Traffic", "TrafficStore", "WireFormats"]),
    (
        "ForwardingTests",
        [
            "Forwarding", "WireFormats", .product(name: "NIOEmbedded", package: "swift-nio"),
            .product(name: "NIOTLS", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ] + nio
    ),
    (
        "MCPTransportsTests",
        [
            "MCPTransports", "MCPTransportsTestKit", "Conversation", "WireFormats", "DemoServer",
            .product(name: "Logging", package: "swift-log"),
        ] + nio + secured
    ),
    (
        "RecordingTests",
        [
            "Recording", "Forwarding", "MCPTransports", "DemoServer", "Traffic", "TrafficStore", "WireFormats", "CZlib",
            "mcp-inspect",
        ] + nio
    ),
    ("TrafficStoreTests", ["TrafficStore", "Traffic", "WireFormats", "CSQLite"]),
    (
        "ReplayingTests",
        [
            "Replaying", "Scenario", "Traffic", "TrafficStore", "Conversation", "MCPTransports",
            "MCPTransportsTestKit", "DemoServer", "WireFormats",
        ] + nio
    ),
    ("LoadTestingTests", ["LoadTesting", "Conversation", "WireFormats", "CEpoll"]),
    (
        "InspectCommandsTests",
        [
            "InspectCommands", "MCPTransports", "MCPTransportsTestKit", "DemoServer", "Replaying", "Scenario",
            "TrafficStore", "Traffic", "WireFormats", "mcp-inspect", "session-bench",
        ]
    ),
    (
        "InteroperabilityTests",
        ["TrafficStore", "Traffic", "WireFormats", "MCPTransports", "DemoServer", "mcp-inspect"] + nio
    ),
    ("ArchitectureTests", []),
]
package.targets += tests.map {
    .testTarget(
        name: $0.name, dependencies: $0.dependencies + ["TestSupport"],
        exclude: $0.name == "InteroperabilityTests" ? ["Python"] : [])
}

for target in package.targets where target.type != .system {
    target.swiftSettings = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
}
