import Foundation
import Scenario
import Traffic
import TrafficStore

/// Plans made-up sessions of growing length from a capture on disk, and prints what that takes: reading, happens-before
/// and links.
///
///     planning-bench [--messages 10000] [--rounds 5] [--folder DIR]
///
/// Fails where the longest takes more than a second, where its messages cost more than twice what those of a quarter of
/// it do, or where a handle that was passed on is no link.
@main struct PlanningBench {
    static func main() {
        do {
            let options = try Options(Array(CommandLine.arguments.dropFirst()))
            var costs: [Double] = []
            for messages in [options.messages / 4, options.messages / 2, options.messages] {
                let session = try MadeUpCapture(messages: messages, folder: options.folder)
                defer { session.remove() }
                let seconds = try (0..<options.rounds).map { _ in try time(session) }.sorted()
                let median = seconds[seconds.count / 2]
                costs.append(median / Double(messages))
                print(
                    "\(messages) messages planned in \(tenths(median * 1e3)) ms (worst \(tenths((seconds.last ?? 0) * 1e3)))"
                )
                if messages == options.messages, median > 1 { throw BenchFailure("that is more than a second") }
            }
            if let first = costs.first, let last = costs.last, last > 2 * first {
                throw BenchFailure("a message of the longest costs \(tenths(last / first)) times one of the shortest")
            }
        } catch {
            FileHandle.standardError.write(Data("planning-bench: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func time(_ session: MadeUpCapture) throws -> Double {
        var links = 0
        let took = try ContinuousClock().measure {
            let reader = try CaptureReader(path: session.path)
            let plan = try ScenarioPlan(session: session.id, in: reader)
            links = plan.links.count
        }
        guard links == session.handedOn else {
            throw BenchFailure("\(links) links of \(session.handedOn) handles that were passed on")
        }
        return took / .seconds(1)
    }

    private static func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}

struct BenchFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// What is to be done.
struct Options {
    var messages = 10_000
    var rounds = 5
    var folder = NSTemporaryDirectory()

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { throw BenchFailure("\(name) needs a value") }
            if name == "--folder" {
                folder = value
                continue
            }
            guard let number = Int(value), number > 0 else { throw BenchFailure("\(name) takes a positive number") }
            switch name {
            case "--messages": messages = number
            case "--rounds": rounds = number
            default: throw BenchFailure("there is no option \(name)")
            }
        }
    }
}
