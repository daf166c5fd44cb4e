/// One request's response as a session sees it: over HTTP, or within the process.
protocol SessionExchange: AnyObject, Sendable {
    /// Gives the whole response.
    func respond(_ response: HTTPResponse)
    /// Begins an event stream, which may carry requests to the client or not.
    func openStream(fields: [HTTPRequest.Field], carriesRequests: Bool)
    /// Sends an event on the event stream.
    func send(_ event: OutboundEvent)
    /// Ends the event stream.
    func finishStream()
    /// Calls `body` once when the client has gone before the response is complete; at once if it has gone already.
    func onClose(_ body: @escaping @Sendable () -> Void)
    /// Calls `body` when nothing was said for as long as a heartbeat takes.
    func onWaiting(_ body: @escaping @Sendable () -> Void)
}

extension HTTPExchange: SessionExchange {
    func send(_ event: OutboundEvent) { send(event.encoded()) }
}
