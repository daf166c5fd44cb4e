import Testing

@testable import Traffic

struct SecretKeysTests {
    private let keys = SecretKeys(extra: ["Account-No", "pin", "clé"])

    private func mayStand(_ text: String, _ other: SecretKeys? = nil) -> Bool {
        let bytes = Array(text.utf8)
        return (other ?? keys).mayStand(in: bytes.span.bytes)
    }

    @Test(arguments: SecretKeys.standard + ["account-no", "PIN", "clé"])
    func `a name is found in quotes, in any case, at any depth and place`(name: String) {
        for text in [#"{"\#(name)":1}"#, #"{"a":"{\"\#(name)\":\"x\"}"}"#, #"\\\"\#(name)\\\":"#] {
            for before in 0..<9 {
                #expect(mayStand(String(repeating: " ", count: before) + text))
                #expect(mayStand(String(repeating: "x", count: before) + text.uppercased().replacing("É", with: "é")))
            }
        }
        #expect(keys.contains(Array(name.utf8)))
    }

    @Test(arguments: [
        #"{"pass\u0077ord":1}"#, #"{"a":"\u0022secret\u0022:1"}"#, #"{"a":"{\"\\u0073ecret\":1}"}"#,
        #"{"acc\u006Funt-no":1}"#, #"{"cl\u00e9":1}"#,
    ])
    func `an escape may stand for any of it`(text: String) { #expect(mayStand(text)) }

    @Test(arguments: [
        "", "\"", #"{"passwords":1,"pass":2,"my_secret":3,"password ":4}"#, #"password"#, #"password":"#,
        #"{"progressToken":1,"nextCursor":"x","requestState":"y","_meta":{}}"#, #"{"a":"\u0001\u003c\n\\"}"#,
        #"{"token":1,"code":2,"key":3}"#, "\\\\\\\\", #"\u007"#,
    ])
    func `other names are none`(text: String) {
        #expect(!mayStand(text, SecretKeys()))
    }

    @Test func `what holds messages together is never a secret`() {
        let keys = SecretKeys(extra: ["ID", "progressToken", "nextCursor", "requestState", ""])
        for name in ["id", "progresstoken", "nextcursor", "requeststate", "method"] {
            #expect(!keys.contains(Array(name.utf8)) && SecretKeys.kept.contains(name))
        }
        #expect(!mayStand(#"{"password":1,"\u0061":2}"#, SecretKeys.none))
    }
}
