import MCPTransports

@testable import MCPTransportsTestKit

/// Progress that a call was told of.
struct AwaitedUpdates: Sendable {
    private let list = AwaitedList<ProgressUpdate>()
    var all: [ProgressUpdate] { list.elements }
    func append(_ update: ProgressUpdate) { list.append(update) }
    func first(_ count: Int) async -> Bool { await list.element(at: count - 1, within: .seconds(10)) != nil }
}
