import Testing

@testable import MCPTransports

struct HTTPClientConfigurationTests {
    @Test func `The two profiles have the values that they promise`() {
        let standard = HTTPClientConfiguration.standard
        #expect(standard.timeouts == .init(connect: .seconds(10), request: .seconds(30)))
        #expect(standard.pool == .init(idleConnections: 10, idleTime: .seconds(90)))
        #expect(standard.keepAlive.tcpIdleTime == .seconds(60))
        #expect(standard.keepAlive.http2PingInterval == nil)
        let longLived = HTTPClientConfiguration.longLived
        #expect(longLived.timeouts == .init(connect: .seconds(10), request: .seconds(300)))
        #expect(longLived.pool == .init(idleConnections: 10, idleTime: .seconds(300)))
        #expect(longLived.keepAlive.tcpIdleTime == .seconds(60))
        #expect(longLived.keepAlive.http2PingInterval == .seconds(30))
        #expect(longLived.keepAlive.http2PingTimeout == .seconds(10))
        for profile in [standard, longLived] {
            #expect(profile.offersHTTP2 && profile.proxy == .none && !profile.tls.unsafelyAcceptsAnyCertificate)
            #expect(profile.tls.trustRoots == .system && profile.tls.clientCertificate == nil)
        }
    }

    @Test func `Copies share what was read from files until a setting changes`() {
        let one = HTTPClientConfiguration.TLS()
        var other = one
        #expect(other.shared === one.shared)
        other.trustRoots = .pem([])
        #expect(other.shared !== one.shared)
    }

    @Test func `A private key is not in the description of its certificate`() {
        let certificate = HTTPClientConfiguration.ClientCertificate(chainPEM: [1], keyPEM: [113, 114])
        #expect(!"\(certificate)".contains("113"))
    }

    @Test(arguments: [
        (Duration.seconds(30), "30 s"), (.milliseconds(50), "0.05 s"), (.milliseconds(1500), "1.5 s"), (.zero, "0 s"),
    ])
    func `Durations are told in seconds`(duration: Duration, words: String) {
        #expect(duration.inWords == words)
    }

    @Test(
        arguments: [
            (nil, nil), ("timeout=5", .seconds(5)), ("max=3, Timeout = 7", .seconds(7)), ("timeout=x", nil),
            ("max=5", nil),
            ("timeout=-1", nil),
        ] as [(String?, Duration?)])
    func `A server says how long it keeps a connection`(value: String?, time: Duration?) {
        let fields = value.map { [HTTPRequest.Field(name: "keep-alive", value: $0)] } ?? []
        #expect(IncomingHead(status: 200, fields: fields).keepAliveTime == time)
    }
}
