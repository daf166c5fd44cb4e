import TestSupport
import Testing

/// What other packages see is explained where it is declared.
@Suite struct DocumentationTests {
    /// Declarations whose promise is that of the protocol they fulfil.
    private static let witnesses = [
        "public static func == (", "public static func < (", "public func hash(into", "public init(from decoder",
        "public func encode(to", "public init(rawValue", "public let rawValue", "public init(nilLiteral",
        "public init(booleanLiteral", "public init(integerLiteral", "public init(floatLiteral",
        "public init(stringLiteral", "public init(arrayLiteral", "public init(dictionaryLiteral",
    ]

    @Test(arguments: ["MCPTransports", "MCPTransportsTestKit"])
    func `every public declaration has a doc comment`(target: String) throws {
        var count = 0
        for file in RepositoryFiles.swiftFiles(below: "Sources/\(target)") {
            let lines = try RepositoryFiles.text("Sources/\(target)/\(file)")
                .split(separator: "\n", omittingEmptySubsequences: false).map { $0.drop { $0 == " " } }
            for (index, line) in lines.enumerated() where line.hasPrefix("public ") {
                guard !Self.witnesses.contains(where: { line.hasPrefix($0) }) else { continue }
                count += 1
                let above = lines[..<index].last { !$0.hasPrefix("@") } ?? ""
                #expect(above.hasPrefix("///"), "\(file):\(index + 1): \(line)")
            }
        }
        #expect(count > 50)
    }
}
