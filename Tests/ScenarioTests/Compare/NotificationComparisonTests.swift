import Testing

@testable import Scenario

@Suite struct NotificationComparisonTests {
    private let changed = ("notifications/tools/list_changed", "{}")

    private func progress(_ value: Int) -> (String, String) {
        ("notifications/progress", #"{"progressToken":1,"progress":\#(value)}"#)
    }

    private func log(_ text: String) -> (String, String) {
        ("notifications/message", #"{"level":"info","data":"\#(text)"}"#)
    }

    private func found(_ recorded: [(String, String)], _ live: [(String, String)]) throws -> [String] {
        try Comparer.found({ $0.call(told: recorded) }, { $0.call(told: live) })
    }

    @Test func `what is told is compared one by one`() throws {
        #expect(try found([log("a"), log("b")], [log("a"), log("b")]) == [])
        #expect(
            try found([log("a"), log("b")], [log("a"), log("c")])
                == ["notification notifications[1] $.params.data"])
        #expect(
            try found([log("a"), changed], [log("a"), progress(1)])
                == ["notification notifications[1] $.method"])
    }

    @Test func `two that change places are one divergence`() throws {
        #expect(
            try found([progress(1), progress(2), progress(3)], [progress(1), progress(3), progress(2)])
                == ["notification notifications[1]"])
        #expect(try found([log("a"), changed], [changed, log("a")]) == ["notification notifications[0]"])
    }

    @Test func `progress and logs may be fewer or more, what is left is compared`() throws {
        #expect(
            try found([progress(1), progress(2)], [progress(2)])
                == ["notification notifications (notification-counts)"])
        #expect(
            try found([log("a"), changed], [changed]) == ["notification notifications (notification-counts)"])
        #expect(
            try found([log("a"), changed], [("notifications/prompts/list_changed", "{}")])
                == ["notification notifications (notification-counts)", "notification notifications[0] $.method"])
    }

    @Test func `others may not`() throws {
        #expect(try found([changed], []) == ["notification notifications[0]"])
        #expect(try found([], [changed]) == ["notification notifications[0]"])
        let other = ("notifications/resources/updated", #"{"uri":"a"}"#)
        #expect(try found([changed, other], [other]) == ["notification notifications[0]"])
    }

    @Test func `what comes on the listening stream is compared apart from the calls`() throws {
        let comparison = try Comparer.found(
            {
                $0.tell("notifications/tools/list_changed")
                $0.call(told: [log("a")])
                $0.tell("notifications/resources/updated", #"{"uri":"x"}"#)
            },
            {
                $0.call(told: [log("a")])
                $0.tell("notifications/tools/list_changed")
                $0.tell("notifications/resources/updated", #"{"uri":"y"}"#)
            })
        #expect(comparison == ["notification notifications[1] $.params.uri"])
    }
}
