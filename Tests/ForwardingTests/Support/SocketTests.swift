import Testing

/// All tests with sockets, one after the other: their scripts block a thread each.
@Suite(.serialized)
enum SocketTests {}
