import Glibc

/// A folder of a test's own, gone with it.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/traffic-store-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nonexistent"
        }
    }

    func file(_ name: String = "captures.sqlite") -> String { path + "/" + name }

    var files: [String] { fileNames(in: path) }

    deinit {
        chmod(path, 0o700)
        for name in files { unlink(file(name)) }
        rmdir(path)
    }
}

/// The names of all files in a folder, sorted.
func fileNames(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix(while: { $0 != 0 }), as: UTF8.self)
        }
        if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
}

func mode(of path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
}

/// Runs `body` as somebody who owns nothing: permissions bind the superuser too then. (`setfsuid(2)`, which holds for
/// the calling thread alone)
func withoutPrivileges<Result>(_ body: () throws -> Result) rethrows -> Result {
    typealias Setter = @convention(c) (UInt32) -> Int32
    guard getuid() == 0, let symbol = dlsym(nil, "setfsuid") else { return try body() }
    let setFileSystemUser = unsafeBitCast(symbol, to: Setter.self)
    _ = setFileSystemUser(65534)
    defer { _ = setFileSystemUser(0) }
    return try body()
}
