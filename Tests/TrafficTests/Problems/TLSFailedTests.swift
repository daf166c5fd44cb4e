import Testing
import Traffic

struct TLSFailedTests {
    private func texts(_ rows: ConnectionRow...) -> [String] {
        var facts = Rows(Play()).facts(session: nil)
        facts.connections = rows
        return TLSFailed.find(in: facts).map { "\($0.severity) \($0.text)" }
    }

    private func row(_ leg: Leg, client: String = "127.0.0.1:50123", tls: String?) -> ConnectionRow {
        ConnectionRow(
            id: 7 << 32 | 1, recordingID: 7, leg: leg, client: client, server: "example.com:443", tls: tls, openedNs: 5)
    }

    @Test func `A client that gives up its handshake is an error, the same from whichever port`() {
        let failed = "failed: the client does not trust the certificate"
        let text = "error the TLS handshake of a client on 127.0.0.1 failed: the client does not trust the certificate"
        #expect(texts(row(.client, tls: failed), row(.client, client: "127.0.0.1:50124", tls: failed)) == [text, text])
        #expect(
            texts(row(.client, client: "[::1]:50123", tls: "failed: x")) == [
                "error the TLS handshake of a client on [::1] failed: x"
            ])
    }

    @Test func `So is a server that could not be reached that way`() {
        #expect(
            texts(row(.upstream, tls: "failed: its certificate has expired")) == [
                "error the TLS handshake with the server example.com:443 failed: its certificate has expired"
            ])
    }

    @Test func `Connections in the clear, and those that got through, are none`() {
        #expect(texts(row(.client, tls: nil), row(.client, tls: "TLSv1.3")).isEmpty)
    }
}
