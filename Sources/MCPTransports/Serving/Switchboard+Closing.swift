extension Switchboard {
    /// Begins nothing new, lets what runs come to its end for a while, then ends the rest; returns when all handlers have
    /// ended.
    ///
    /// Streams that only listen end at once, each the way its dialect ends it. A session's own stream stays until its
    /// calls have ended, because they may speak on it.
    func close() async {
        isDraining.store(true, ordering: .relaxed)
        if let server { subscriptions.close(server.dressing) }
        listeners.close()
        let limit = configuration.timeouts.drain
        if limit > .zero {
            let clock = Task {
                guard (try? await Task.sleep(for: limit)) != nil else { return }
                logger.warning("ended calls that still ran", metadata: ["after": "\(limit)"])
                await end()
            }
            for handler in handlers { await handler.value }
            clock.cancel()
        }
        await end()
    }

    /// The tasks that answer something at this moment.
    private var handlers: [Task<Void, Never>] {
        sessions.all.flatMap(\.handlers) + calls.handlers + tasks.all
    }

    private func end() async {
        await sessions.close()
        await calls.close()
        await tasks.close()
    }

    /// The response to what would begin something new while the server comes to its end; nil while it does not.
    var drainRefusal: HTTPResponse? {
        guard isDraining.load(ordering: .relaxed) else { return nil }
        return .error(503, MCPError(code: -32000, message: "The server is stopping"))
    }
}
