import Foundation
import Scenario
import WireFormats

/// Mask files on disk.
enum MaskFiles {
    static func read(_ path: String) throws -> [MaskRule] {
        let text: String
        do {
            text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        } catch {
            throw CommandFailure(
                .usage, "cannot read the masks in \(path.visible): give --masks a text file that is there")
        }
        do throws(MaskFile.Mistake) {
            return try MaskFile.rules(in: text)
        } catch {
            throw CommandFailure(.usage, "\(path.visible), \(error.description)")
        }
    }

    /// Adds what was learned to a file, and says so.
    static func learn(_ rules: [MaskRule], into path: String) throws {
        let count = try add(rules, to: path)
        Terminal.error("\(count == 0 ? "no masks" : Figures.count(count, "mask")) learned in \(path.visible)")
    }

    /// Adds rules to those that the file has, or makes the file. What stood in it stays as it was. Returns how many were
    /// new.
    @discardableResult
    static func add(_ rules: [MaskRule], to path: String) throws -> Int {
        let old = try? String(contentsOf: URL(filePath: path), encoding: .utf8)
        let known = try old.map { _ in try read(path) } ?? []
        let new = rules.filter { rule in !known.contains { $0.isSame(as: rule) } }
        if old != nil, new.isEmpty { return 0 }
        var text = MaskFile.text(of: new)
        if var old {
            if !old.isEmpty, !old.hasSuffix("\n") { old += "\n" }
            text = old + new.map { $0.line + "\n" }.joined()
        }
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw CommandFailure(
                .usage, "cannot write the masks to \(path.visible); choose a file in a folder that is there")
        }
        return new.count
    }
}

enum JSONPathArgument {
    /// Members of this name, wherever they stand.
    static func anyDepth(_ key: String) -> JSONPath { JSONPath([.deep(key)]) }
}
