import Conversation
import NIOCore
import Synchronization

/// Room for what machines say, shared by all drivers of one event loop, so that an idle client has none of its own.
final class DriverScratch {
    /// An output that can be passed around.
    final class Box {
        var output = ConversationOutput()
    }

    private static let kept = 4
    private static let all = Mutex<[ObjectIdentifier: NIOLoopBound<DriverScratch>]>([:])
    private var spare: [Box] = []

    /// The one of this event loop, on which it must be asked for and used. Transports run on event loops that live as long
    /// as the process, so none is ever forgotten.
    static func shared(by eventLoop: any EventLoop) -> DriverScratch {
        let made = NIOLoopBound(DriverScratch(), eventLoop: eventLoop)
        return all.withLock { all in
            let key = ObjectIdentifier(eventLoop)
            if let known = all[key] { return known }
            all[key] = made
            return made
        }.value
    }

    func borrow() -> Box { spare.popLast() ?? Box() }

    func giveBack(_ box: Box) {
        box.output.clear()
        if spare.count < Self.kept { spare.append(box) }
    }
}
