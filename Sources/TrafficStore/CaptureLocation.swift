import Glibc
import Traffic

/// Which capture database a command uses.
package struct CaptureLocation: Sendable, Hashable {
    package enum Choice: Sendable, Hashable {
        /// `--db`.
        case flag
        /// `MCP_INSPECT_DB`.
        case variable
        /// There is a folder `captures` where the command runs.
        case folder
        /// The user's own, under `XDG_STATE_HOME`.
        case home
    }
    package var path: String
    package var choice: Choice

    package init(path: String, choice: Choice) {
        self.path = path
        self.choice = choice
    }

    /// The first of these that applies: the flag, the variable, `captures/captures.sqlite` in the working directory
    /// where that folder exists, `mcp-inspect/captures.sqlite` under `XDG_STATE_HOME` (`~/.local/state` where that is
    /// not set). Looks only whether the folder exists; opens and makes nothing.
    package static func resolve(
        flag: String?, environment: [String: String], workingDirectory: String
    ) throws(StoreFailure) -> CaptureLocation {
        if let flag, !flag.isEmpty { return CaptureLocation(path: flag, choice: .flag) }
        if let path = environment["MCP_INSPECT_DB"], !path.isEmpty {
            return CaptureLocation(path: path, choice: .variable)
        }
        let folder = workingDirectory + (workingDirectory.hasSuffix("/") ? "" : "/") + "captures"
        if isFolder(folder) { return CaptureLocation(path: folder + "/captures.sqlite", choice: .folder) }
        return CaptureLocation(path: try stateHome(environment) + "/mcp-inspect/captures.sqlite", choice: .home)
    }

    /// A relative `XDG_STATE_HOME` is to be ignored. (XDG Base Directory Specification)
    private static func stateHome(_ environment: [String: String]) throws(StoreFailure) -> String {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state }
        if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.local/state" }
        throw StoreFailure(.missing, "there is no home directory to keep captures in; pass --db with a file")
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
