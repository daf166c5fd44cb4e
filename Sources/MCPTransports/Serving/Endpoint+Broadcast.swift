/// The broadcast dialect.
extension Endpoint {
    /// Opens the stream of one more listener.
    func broadcastListen(on exchange: HTTPExchange) throws(Router.Refusal) {
        guard switchboard.listeners.open(exchange) else { throw Router.Refusal(response: Self.full) }
    }

    /// Answers a message in its own response. Its handler runs to its end even when its client has gone, because the
    /// dialect has no cancellation.
    func broadcastMessage(_ body: [UInt8], on exchange: HTTPExchange) throws(Router.Refusal) {
        let service = BroadcastService(
            handler: switchboard.server.map(BroadcastService.Handler.server) ?? .messages(switchboard.messageHandler),
            listeners: switchboard.listeners, announce: { [switchboard] in switchboard.announce($0) })
        guard switchboard.tasks.run({ exchange.respond(await service.respond(to: body)) }) else {
            throw Router.Refusal(response: Self.full)
        }
    }
}
