import Foundation

/// A recorded conversation of `captures/`, kept as text.
package struct KeptCapture: Sendable, CustomStringConvertible {
    package struct Call: Sendable, Hashable {
        package var method: String
        package var name: String?
        package var status: String
        package var reason: String?
    }

    package let name: String
    /// The version of its format.
    package private(set) var format = ""
    /// What its first lines promise.
    package private(set) var dialect = ""
    package private(set) var calls: [Call] = []
    package let text: String

    package var description: String { name }

    /// All of them, by name.
    package static let all: [KeptCapture] = {
        let folder = RepositoryFiles.root.appendingPathComponent("captures")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".sql") }.sorted().compactMap { file in
            (try? RepositoryFiles.text("captures/" + file)).map { KeptCapture(String(file.dropLast(4)), $0) }
        }
    }()

    private init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
        for line in text.split(separator: "\n").prefix(while: { $0.hasPrefix("-- ") }) {
            let words = line.dropFirst(3).split(separator: " ").map(String.init)
            switch (words.first, words.count) {
            case ("format", 2): format = words[1]
            case ("dialect", 2): dialect = words[1]
            case ("call", 4...):
                let reason = words.count > 4 ? words[4] : nil
                calls.append(
                    Call(method: words[1], name: words[2] == "-" ? nil : words[2], status: words[3], reason: reason))
            default: break
            }
        }
    }

    /// Makes the database of it in a folder, with the `sqlite3` program, and gives its path.
    package func build(in folder: String) throws -> String {
        let statements = "\(folder)/\(name).txt"
        let database = "\(folder)/\(name).sqlite"
        let text = try RepositoryFiles.text("captures/formats/\(format).sql") + text
        try text.write(toFile: statements, atomically: false, encoding: .utf8)
        let sqlite = Process()
        sqlite.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        sqlite.arguments = ["-bail", database]
        sqlite.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: statements))
        try sqlite.run()
        sqlite.waitUntilExit()
        guard sqlite.terminationStatus == 0 else { throw Failure(name: name) }
        return database
    }

    struct Failure: Error { let name: String }
}

/// The example queries of the captures' page.
package enum DocumentedQueries {
    package static let all: [String] = {
        var examples: [String] = []
        var block: String?
        let page = (try? RepositoryFiles.text("captures/README.md")) ?? ""
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "```sql" {
                block = ""
            } else if line == "```", let text = block {
                examples.append(text)
                block = nil
            } else if block != nil {
                block? += line + "\n"
            }
        }
        return examples
    }()
}
