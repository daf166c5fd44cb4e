import Testing
import WireFormats

@testable import Scenario

@Suite struct TemporaryPathsTests {
    @Test func `the name in a folder for temporary files is masked, and what is below it is not`() {
        #expect(Masking.name("\"/tmp/tmpab12/a.txt\"", "\"/tmp/tmpcd34/a.txt\"") == "temporary-path")
        #expect(Masking.name("\"file:///tmp/x1 is\"", "\"file:///tmp/x2 is\"") == "temporary-path")
        #expect(Masking.name("\"/tmp/tmpab12/a.txt\"", "\"/tmp/tmpcd34/b.txt\"") == nil)
        #expect(Masking.name("\"/srv/x1\"", "\"/srv/x2\"") == nil)
        #expect(Masking.name("\"/my/tmp/x1\"", "\"/my/tmp/x2\"") == nil)
        #expect(Masking.name("\"/tmp/\"", "\"/tmp/x\"") == nil)
    }
}
