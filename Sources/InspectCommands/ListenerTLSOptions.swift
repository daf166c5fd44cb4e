import ArgumentParser

/// How clients reach the recording proxy over TLS.
struct ListenerTLSOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Speak TLS with clients, with this certificate (PEM, the own one first).", valueName: "file")
    )
    var tlsCert: String?

    @Option(
        help: ArgumentHelp("The key of --tls-cert (PEM); without it the key is in the same file.", valueName: "file"))
    var tlsKey: String?

    @Flag(help: "Speak TLS with clients, with a certificate made here and kept; says how to trust it.")
    var tlsSelfSigned = false

    /// Where the certificate comes from.
    enum Choice {
        case none, selfSigned
        case files(chain: String, key: String)
    }

    var choice: Choice {
        get throws {
            let chain = tlsCert ?? Environment.text("TLS_CERT")
            let key = tlsKey ?? Environment.text("TLS_KEY")
            // An option wins over the variables of the other way.
            if tlsSelfSigned || (chain == nil && Environment.flag("TLS_SELF_SIGNED")) {
                guard tlsCert == nil, tlsKey == nil else {
                    throw CommandFailure(.usage, "pass either --tls-self-signed or --tls-cert, not both")
                }
                return .selfSigned
            }
            guard let chain else {
                guard key == nil else {
                    throw CommandFailure(
                        .usage, "--tls-key is of no use without its certificate; pass that with --tls-cert")
                }
                return .none
            }
            return .files(chain: chain, key: key ?? chain)
        }
    }
}
