import Glibc
import Testing
import Traffic
import TrafficStore

@Suite struct CaptureLocationTests {
    private let folder = TemporaryFolder()

    private func resolve(_ flag: String?, _ environment: [String: String]) throws -> CaptureLocation {
        try CaptureLocation.resolve(flag: flag, environment: environment, workingDirectory: folder.path)
    }

    @Test func `the flag comes before the variable, and that before the folder and the home`() throws {
        let environment = ["MCP_INSPECT_DB": "v.sqlite", "XDG_STATE_HOME": "/state", "HOME": "/home/me"]
        #expect(try resolve("f.sqlite", environment) == CaptureLocation(path: "f.sqlite", choice: .flag))
        #expect(try resolve(nil, environment) == CaptureLocation(path: "v.sqlite", choice: .variable))
        mkdir(folder.file("captures"), 0o755)
        #expect(
            try resolve(nil, ["HOME": "/home/me"])
                == CaptureLocation(path: folder.file("captures/captures.sqlite"), choice: .folder))
        rmdir(folder.file("captures"))
        #expect(
            try resolve("", ["MCP_INSPECT_DB": "", "XDG_STATE_HOME": "/state"]).path
                == "/state/mcp-inspect/captures.sqlite")
    }

    @Test func `without a state folder it is the one under the home directory`() throws {
        for environment in [["HOME": "/home/me"], ["HOME": "/home/me", "XDG_STATE_HOME": "relative"]] {
            let path = "/home/me/.local/state/mcp-inspect/captures.sqlite"
            #expect(try resolve(nil, environment) == CaptureLocation(path: path, choice: .home))
        }
        #expect(throws: StoreFailure.self) { try resolve(nil, [:]) }
    }
}
