import WireFormats

/// A comparison as one JSON object.
package enum JSONReport {
    package static func text(_ report: ComparisonReport) -> String {
        object([
            ("recorded", .string(report.recorded)),
            ("divergences", .integer(report.divergences)),
            ("ended", report.ended.map { .string($0) }),
            ("masks_without_effect", .array(report.idleMasks.map { .string($0) })),
            ("runs", .array(report.runs.map(run))),
        ]).text
    }

    private static func run(_ run: ComparisonReport.Run) -> JSONTree {
        let comparison = run.comparison
        return object([
            ("recorded", run.recorded.map { .string($0) }),
            ("live", .string(run.name)),
            ("fail_on", .string(comparison.failOn.words)),
            ("divergences", .integer(comparison.counted.count)),
            ("masked", .integer(comparison.masked.count)),
            ("ended", run.ended.map { .string($0) }),
            ("undone", .array(run.undone.map(unsent))),
            ("skipped", .array(run.skipped.map(unsent))),
            ("calls", .array(comparison.calls.map(call))),
            ("found", .array(comparison.divergences.map { divergence($0, counts: comparison.counts($0)) })),
        ])
    }

    private static func call(_ call: Comparison.Call) -> JSONTree {
        object([
            ("call_id", call.recordedID.map { .integer(Int($0)) }),
            ("live_call_id", call.liveID.map { .integer(Int($0)) }),
            ("method", .string(call.method)),
            ("name", call.name.map { .string($0) }),
            ("recorded_status", call.recordedStatus.map { .string($0.rawValue) }),
            ("live_status", call.liveStatus.map { .string($0.rawValue) }),
            ("recorded_ms", call.recordedMs.map { .real($0) }),
            ("live_ms", call.liveMs.map { .real($0) }),
        ])
    }

    private static func unsent(_ call: ComparisonReport.UnsentCall) -> JSONTree {
        object([
            ("call_id", .integer(Int(call.callID))),
            ("method", .string(call.method)),
            ("name", call.name.map { .string($0) }),
            ("reason", .string(call.reason)),
        ])
    }

    private static func divergence(_ divergence: Divergence, counts: Bool) -> JSONTree {
        object([
            ("call_id", divergence.recordedCallID.map { .integer(Int($0)) }),
            ("live_call_id", divergence.liveCallID.map { .integer(Int($0)) }),
            ("kind", .string(divergence.kind.rawValue)),
            ("path", .string(divergence.path)),
            ("recorded", divergence.recorded.map { .string($0) }),
            ("live", divergence.live.map { .string($0) }),
            ("masked_by", divergence.maskedBy.map { .string($0) }),
            ("counts", .bool(counts)),
        ])
    }

    private static func object(_ members: [(String, JSONTree?)]) -> JSONTree {
        .object(members.map { JSONTree.Member($0, $1 ?? .null) })
    }
}

extension JSONTree {
    static func integer(_ value: Int) -> JSONTree { .number(JSONNumber(value)) }
    static func real(_ value: Double) -> JSONTree { JSONTree("\(value)") ?? .null }
}
