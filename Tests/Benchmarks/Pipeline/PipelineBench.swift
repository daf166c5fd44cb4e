import Foundation
import Traffic
import TrafficStore

/// Feeds made-up traffic through decoder, fold, redaction and store on one thread, as the recorder does, and prints
/// what that takes. Making the traffic up counts as well.
///
///     pipeline-bench [events|exchanges] [--count 300000] [--places 100] [--size 300] [--rounds 5] [--folder DIR]
///
/// Fails where a row is missing or a commit took longer than 100 ms.
@main struct PipelineBench {
    static func main() {
        do {
            let plan = try Plan(Array(CommandLine.arguments.dropFirst()))
            for kind in plan.kinds {
                let rounds = try (0..<plan.rounds).map { _ in try Round(kind, plan) }
                print(report(kind, plan, rounds))
                guard rounds.allSatisfy({ $0.longestCommit < .milliseconds(100) }) else {
                    throw BenchFailure("a commit took longer than 100 ms")
                }
            }
        } catch {
            FileHandle.standardError.write(Data("pipeline-bench: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func report(_ kind: SyntheticTraffic.Kind, _ plan: Plan, _ rounds: [Round]) -> String {
        func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
        func whole(_ value: Double) -> String { "\(Int(value.rounded()))" }
        let rates = rounds.map { Double(plan.count) / ($0.wall / .seconds(1)) }
        let costs = rounds.map { $0.cpuSeconds / Double(plan.count) * 1e6 }
        let stalls = rounds.map { $0.longestCommit / .milliseconds(1) }
        return """
            \(kind.rawValue): \(plan.count) over \(plan.places) connections, median of \(plan.rounds) rounds, one thread
              per second             \(whole(median(rates))) (\(whole(rates.min() ?? 0)) to \(whole(rates.max() ?? 0)))
              per CPU-second         \(whole(median(costs.map { 1e6 / $0 })))
              CPU of each, µs        \((median(costs) * 10).rounded() / 10)
              longest commit, ms     \((median(stalls) * 10).rounded() / 10) (worst \((stalls.max() ?? 0).rounded()))
              gaps                   0, every row found in the capture
            """
    }
}

struct BenchFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// What is to be done.
struct Plan {
    var kinds = SyntheticTraffic.Kind.allCases
    var count = 300_000
    var places = 100
    var size = 300
    var rounds = 5
    var folder = NSTemporaryDirectory()

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        if let kind = rest.first.flatMap(SyntheticTraffic.Kind.init(rawValue:)) {
            kinds = [kind]
            rest.removeFirst()
        }
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { throw BenchFailure("\(name) needs a value") }
            if name == "--folder" {
                folder = value
                continue
            }
            guard let number = Int(value), number > 0 else { throw BenchFailure("\(name) takes a positive number") }
            switch name {
            case "--count": count = number
            case "--places": places = number
            case "--size": size = number
            case "--rounds": rounds = number
            default: throw BenchFailure("there is no option \(name)")
            }
        }
    }
}
