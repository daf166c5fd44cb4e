/// The name of a file or folder directly in a folder for temporary files; what is below it counts.
package enum TemporaryPaths: Mask {
    package static let name = "temporary-path"
    private static let folders = ["/private/var/folders/", "/var/folders/", "/var/tmp/", "/private/tmp/", "/tmp/"].map {
        Array($0.utf8)
    }
    private static let ends = Set(" \t\r\n\"'<>|:;,()[]{}?#/".utf8)

    package static func replacing(
        in text: [UInt8], atNs _: Int64, _: MaskContext, side _: MaskSide
    ) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "/"), index == 0 || !text[index - 1].isWordByte,
                let folder = folders.first(where: { text[index...].starts(with: $0) })
            {
                let start = index + folder.count
                let end = text[start...].firstIndex { ends.contains($0) } ?? text.endIndex
                if end > start {
                    result += folder + mark()
                    index = end
                    continue
                }
            }
            result.append(text[index])
            index += 1
        }
        return result
    }
}
