/// The broadcast dialect.
extension Visit {
    /// Opens the stream of one more listener.
    func broadcastListen() throws(Router.Refusal) {
        try checkNotDraining()
        guard switchboard.listeners.open(exchange) else { throw Router.Refusal(response: Endpoint.full) }
    }

    /// Answers a message in its own response. Its handler runs to its end even when its client has gone, because the
    /// dialect has no cancellation.
    func broadcastMessage() throws(Router.Refusal) {
        try checkNotDraining()
        let service = BroadcastService(
            handler: switchboard.server.map(BroadcastService.Handler.server) ?? .messages(switchboard.messageHandler),
            listeners: switchboard.listeners, announce: { [switchboard] in switchboard.announce($0) },
            principal: principal)
        guard switchboard.tasks.run({ [exchange, body] in exchange.respond(await service.respond(to: body)) }) else {
            throw Router.Refusal(response: Endpoint.full)
        }
    }
}
