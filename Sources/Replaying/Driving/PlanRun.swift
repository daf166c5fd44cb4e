import NIOCore
import NIOPosix
import Scenario

/// One client's run through a plan, or that of several beside each other through plans of sessions that were under way at
/// the same time.
package struct PlanRun: Sendable {
    /// Makes what sees a client's traffic, on its event loop. `goOn` is to be called there when a pause that it asked for
    /// is over.
    package typealias TapMaker =
        @Sendable (_ eventLoop: any EventLoop, _ goOn: @escaping @Sendable () -> Void) -> any DriveTap

    private let members: [(plan: ScenarioPlan, settings: DriveSettings)]
    private let tap: TapMaker?

    package init(_ plan: ScenarioPlan, _ settings: DriveSettings, tap: TapMaker? = nil) {
        self.init([(plan, settings)], tap: tap)
    }

    /// `members`: one at least; all have the pace of the first.
    package init(_ members: [(plan: ScenarioPlan, settings: DriveSettings)], tap: TapMaker? = nil) {
        self.members = members
        self.tap = tap
    }

    /// The clients that are not done, what came of the others, or that there shall be none.
    private struct State {
        var drivers: [PlanDriver?]
        var results: [DriveResult?]
        var isCancelled = false
    }

    /// Drives a single plan to its end, or to where it cannot go on. When the task is cancelled the client leaves at once.
    package func run() async -> DriveResult { await runAll()[0] }

    /// The same of all, in their order.
    package func runAll() async -> [DriveResult] {
        let eventLoop = NIOSingletons.posixEventLoopGroup.next()
        let none = State(
            drivers: Array(repeating: nil, count: members.count), results: Array(repeating: nil, count: members.count))
        let state = NIOLoopBoundBox<State>.makeBoxSendingValue(none, eventLoop: eventLoop)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                eventLoop.execute {
                    begin(on: eventLoop, state) { continuation.resume(returning: $0) }
                    if state.value.isCancelled { Self.interrupt(state) }
                }
            }
        } onCancel: {
            eventLoop.execute {
                state.value.isCancelled = true
                Self.interrupt(state)
            }
        }
    }

    private func begin(
        on eventLoop: any EventLoop, _ state: NIOLoopBoundBox<State>, whenOver: @escaping ([DriveResult]) -> Void
    ) {
        let meeting = Meeting(members.map(\.plan), pace: members[0].settings.pace, eventLoop: eventLoop)
        let isGated = members.count > 1
        for (place, member) in members.enumerated() {
            let tap = tap?(eventLoop) { state.value.drivers[place]?.goOn() }
            let driver = PlanDriver(
                plan: member.plan, settings: member.settings, eventLoop: eventLoop, tap: tap, isGated: isGated
            ) { result in
                state.value.drivers[place] = nil
                state.value.results[place] = result
                let results = state.value.results.compactMap(\.self)
                if results.count == state.value.results.count { whenOver(results) }
            }
            state.value.drivers[place] = driver
            if isGated { meeting.join(driver, as: place) }
        }
        if isGated { meeting.begin() } else { state.value.drivers[0]?.start() }
    }

    private static func interrupt(_ state: NIOLoopBoundBox<State>) {
        let drivers = state.value.drivers
        for driver in drivers { driver?.interrupt() }
    }
}
