import TestSupport
import Testing

@Suite struct LayeringTests {
    struct Import: Hashable, CustomStringConvertible {
        let target: String
        let file: String
        let module: String
        var description: String { "\(target)/\(file) imports \(module)" }
    }

    static func imports() throws -> [Import] {
        try RepositoryFiles.swiftFiles(below: "Sources").flatMap { path -> [Import] in
            let target = String(path.prefix { $0 != "/" })
            return try RepositoryFiles.text("Sources/" + path).split(separator: "\n").compactMap { line in
                var words = line.split(separator: " ").map(String.init)
                while let first = words.first,
                    first.hasPrefix("@") || ["public", "package", "internal"].contains(first)
                {
                    words.removeFirst()
                }
                guard words.first == "import", words.count > 1 else { return nil }
                let kinds = ["struct", "class", "enum", "func", "protocol", "let", "var", "typealias"]
                let module = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
                return Import(target: target, file: path, module: String(module.prefix { $0 != "." }))
            }
        }
    }

    @Test func `every target has its line in the table`() throws {
        let targets = Set(RepositoryFiles.swiftFiles(below: "Sources").map { String($0.prefix { $0 != "/" }) })
        #expect(targets.subtracting(LayerTable.lines.keys).isEmpty)
        #expect(targets.count >= 8)
    }

    @Test func `a target imports only what stands below it`() throws {
        let wrong = try Self.imports().filter { found in
            guard let line = LayerTable.lines[found.target] else { return true }
            if let other = LayerTable.lines[found.module] { return other.layer >= line.layer }
            let toolchain = LayerTable.pure.contains(line.layer) ? LayerTable.pureToolchain : LayerTable.toolchain
            return !toolchain.contains(found.module) && !line.outside.contains(found.module)
        }
        #expect(wrong.isEmpty, "\(wrong.map(\.description).joined(separator: "\n"))")
    }

    @Test func `the database library is imported in one place`() throws {
        for (module, owner) in LayerTable.onlyImporter {
            let others = try Self.imports().filter { $0.module == module && $0.target != owner }
            #expect(others.isEmpty, "\(others)")
        }
    }

    @Test func `only the two library products are public`() throws {
        let targets = LayerTable.lines.keys.filter { $0 != "MCPTransports" && $0 != "MCPTransportsTestKit" }
        for target in targets where target != "CSQLite" {
            for file in RepositoryFiles.swiftFiles(below: "Sources/\(target)") {
                let lines = try RepositoryFiles.text("Sources/\(target)/\(file)").split(separator: "\n")
                let found = lines.filter { $0.drop { $0 == " " }.hasPrefix("public ") }
                #expect(found.isEmpty, "\(target)/\(file): \(found)")
            }
        }
    }

    @Test func `no source file is over 400 lines and nine in ten are under 250`() throws {
        let counts = try RepositoryFiles.swiftFiles(below: "Sources").map { path in
            (
                path,
                try RepositoryFiles.text("Sources/" + path).split(separator: "\n", omittingEmptySubsequences: false)
                    .count - 1
            )
        }
        let large = counts.filter { $0.1 > 400 }
        #expect(large.isEmpty, "\(large)")
        #expect(counts.filter { $0.1 >= 250 }.count * 10 <= counts.count)
    }
}
