/// What sees everything that a `Forwarder` passes on.
package protocol ForwardingTap: Sendable {
    /// Takes what one read cycle of one event loop gave: the items of a connection come in wire order, those of
    /// different connections may alternate.
    ///
    /// Called on an event loop, so it must return at once. It may take the items out of the array (swap it for an empty
    /// one with room); what it leaves is dropped. false: the connection is not read any more until the closure given to
    /// `attach` is called; what is read in the meantime (other connections, bytes ahead of an end) still comes.
    func record(_ items: inout [TapItem]) -> Bool

    /// Called once, before anything is forwarded. `resume` lets all connections that were held be read again; it may
    /// be called from any thread, at any time after `record` returned false.
    func attach(resume: @escaping @Sendable () -> Void)
}
