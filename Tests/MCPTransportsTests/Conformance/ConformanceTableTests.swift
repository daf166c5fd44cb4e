import Foundation
import Testing

/// The table of checks is whole and says what is so.
@Suite struct ConformanceTableTests {
    /// The names of the tests beside this file.
    private static func testNames() throws -> [String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.filter { $0.lastPathComponent.hasSuffix("ConformanceTests.swift") }.flatMap { file in
            let text = try String(contentsOf: file, encoding: .utf8)
            return text.matches(of: /@Test[^`]*?func `([^`]+)`/).map { String($0.output.1) }
        }
    }

    private static let rows = ConformanceChecks.all.flatMap { scenario in
        scenario.checks.map { (id: $0.key, role: scenario.role, verdict: $0.value) }
    }

    @Test func `Every check is there once for each role`() {
        var seen: Set<String> = []
        for row in Self.rows {
            #expect(seen.insert("\(row.role.rawValue) \(row.id)").inserted, "\(row.role) \(row.id) is there twice")
        }
        #expect(seen.count > 300)
    }

    @Test func `Every check that holds names a test that there is`() throws {
        let names = Set(try Self.testNames())
        for row in Self.rows {
            guard case .holds(let name) = row.verdict else { continue }
            #expect(names.contains(name), "\(row.id): there is no test \(name.debugDescription)")
        }
    }

    @Test func `Every test names a check of the table, and no two have one name`() throws {
        let ids = Set(Self.rows.map(\.id))
        let names = try Self.testNames()
        #expect(Set(names).count == names.count)
        for name in names {
            let id = String(name.prefix { $0 != ":" })
            #expect(ids.contains(id), "\(name.debugDescription) names no check")
        }
    }

    @Test func `Every check that does not apply says why`() {
        for row in Self.rows {
            guard case .doesNotApply(let reason) = row.verdict else { continue }
            #expect(reason.count > 20 && reason.hasSuffix("."), "\(row.id)")
        }
    }
}
