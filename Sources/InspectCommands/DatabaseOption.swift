import ArgumentParser
import Foundation
import TrafficStore

/// `--db`: which capture database.
struct DatabaseOption: ParsableArguments {
    @Option(
        name: [.customShort("d"), .long],
        help: ArgumentHelp(
            "The capture database. [default: ./captures/captures.sqlite where that folder exists, else in the user's state folder]",
            valueName: "file"))
    var db: String?

    /// The file that the command works on.
    func path() throws -> String {
        try CaptureLocation.resolve(
            flag: db, environment: ProcessInfo.processInfo.environment,
            workingDirectory: FileManager.default.currentDirectoryPath
        ).path
    }
}
