import NIOCore
import NIOPosix
import Scenario

/// One client's run through a plan.
package struct PlanRun: Sendable {
    /// Makes what sees the client's traffic, on its event loop. `goOn` is to be called there when a pause that it asked for
    /// is over.
    package typealias TapMaker =
        @Sendable (_ eventLoop: any EventLoop, _ goOn: @escaping @Sendable () -> Void) -> any DriveTap

    private let plan: ScenarioPlan
    private let settings: DriveSettings
    private let tap: TapMaker?

    package init(_ plan: ScenarioPlan, _ settings: DriveSettings, tap: TapMaker? = nil) {
        self.plan = plan
        self.settings = settings
        self.tap = tap
    }

    /// The client, or that there shall be none.
    private struct State {
        var driver: PlanDriver?
        var isCancelled = false
    }

    /// Drives the plan to its end, or to where it cannot go on. When the task is cancelled the client leaves at once.
    package func run() async -> DriveResult {
        let eventLoop = NIOSingletons.posixEventLoopGroup.next()
        let state = NIOLoopBoundBox<State>.makeBoxSendingValue(State(), eventLoop: eventLoop)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                eventLoop.execute {
                    let tap = tap?(eventLoop) { state.value.driver?.goOn() }
                    let driver = PlanDriver(plan: plan, settings: settings, eventLoop: eventLoop, tap: tap) { result in
                        state.value.driver = nil
                        continuation.resume(returning: result)
                    }
                    state.value.driver = driver
                    driver.start()
                    if state.value.isCancelled { driver.interrupt() }
                }
            }
        } onCancel: {
            eventLoop.execute {
                state.value.isCancelled = true
                state.value.driver?.interrupt()
            }
        }
    }
}
