import NIOCore
import Scenario

/// Sessions of one recording that were under way at the same time, driven side by side on one event loop: each begins
/// what it does when that has its turn among all that they did, see `Interleaving`.
final class Meeting {
    private var order: Interleaving
    private let pace: Pace
    private let eventLoop: any EventLoop
    /// nil where one is over.
    private var drivers: [PlanDriver?]

    init(_ plans: [ScenarioPlan], pace: Pace, eventLoop: any EventLoop) {
        order = Interleaving(plans)
        self.pace = pace
        self.eventLoop = eventLoop
        drivers = Array(repeating: nil, count: plans.count)
    }

    func join(_ driver: PlanDriver, as session: Int) {
        drivers[session] = driver
        driver.seat = Seat(meeting: self, session: session)
    }

    /// Lets the first session begin.
    func begin() { goOn() }

    /// What a driver says to the others, by the session that it drives.
    struct Seat {
        let meeting: Meeting
        let session: Int

        func begun(_ deed: Interleaving.Deed) {
            meeting.order.begun(deed, of: session)
            meeting.goOn()
        }

        func over(_ deed: Interleaving.Deed) {
            meeting.order.over(deed, of: session)
            meeting.goOn()
        }

        func halted() {
            meeting.order.halted(session)
            meeting.goOn()
        }

        func left() {
            meeting.order.left(session)
            meeting.drivers[session] = nil
            meeting.goOn()
        }
    }

    /// Gives leave to all that may begin. What follows from one may ask for more meanwhile.
    private func goOn() {
        while let place = order.next() {
            guard let driver = drivers[place.session] else { continue }
            switch place.deed {
            case .opening: open(driver, in: pace.scaled(place.thinkNs))
            case .step(let step): driver.permit(step)
            case .ending: driver.permitEnding()
            }
        }
    }

    private func open(_ driver: PlanDriver, in delay: Int64) {
        guard delay > 0 else { return driver.start() }
        eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(delay)) { [weak driver] in driver?.start() }
    }
}
