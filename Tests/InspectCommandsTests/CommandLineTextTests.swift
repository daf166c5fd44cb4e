import Testing

@testable import InspectCommands

@Suite struct CommandLineTextTests {
    @Test(arguments: [
        (["record", "http://me:S3CRET@h:8/mcp?api_key=S3CRET#S3CRET"], "record http://h:8/mcp"),
        (["record", "--target=http://h/mcp?api_key=S3CRET x"], "record --target=http://h/mcp"),
        (["replay", "--target", "http://[::1]:8?k=S3CRET"], "replay --target http://[::1]:8"),
        (["record", "-H", "Authorization: S3CRET", "-v"], "record -H Authorization:*** -v"),
        (["record", "-vH", "Authorization: S3CRET"], "record -vH Authorization:***"),
        (["record", "-HX-Key:S3CRET", "-vHX-Key: S3CRET"], "record -HX-Key:*** -vHX-Key:***"),
        (["record", "--header", "S3CRET", "--header=A:S3CRET"], "record --header *** --header=A:***"),
        (["record", "--header=S3CRET"], "record --header=***"),
        (
            ["replay", "latest", "--speed", "max", "--", "env", "KEY=S3CRET", "server", "--token", "S3CRET"],
            "replay latest --speed max -- env ***"
        ),
        (["replay", "s", "--token-env", "TOKEN", "--", "server"], "replay s --token-env TOKEN -- server"),
    ])
    func `no secret of the command line is kept`(_ words: [String], _ kept: String) {
        #expect(CommandLineText.recorded(["/usr/bin/mcp-inspect"] + words) == "mcp-inspect " + kept)
    }
}
