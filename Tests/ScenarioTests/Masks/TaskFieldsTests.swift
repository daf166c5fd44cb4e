import Testing
import WireFormats

@testable import Scenario

@Suite struct TaskFieldsTests {
    @Test func `id, times and words of a task mean nothing, its status does`() {
        func name(_ path: String, _ method: String = "tasks/get") -> String? {
            Masking.name("\"a\"", "\"b\"", at: path, method: method)
        }
        #expect(name("$.result.taskId") == "task-fields")
        #expect(name("$.result.statusMessage") == "task-fields")
        #expect(name("$.result.task.createdAt", "tools/call") == "task-fields")
        #expect(name("$.params.taskId", "notifications/tasks/status") == "task-fields")
        #expect(name("$.result.status") == nil)
        #expect(name("$.result.structuredContent.createdAt", "tools/call") == nil)
        #expect(Masking.name("1", "null", at: "$.result.ttl", method: "tasks/get") == nil)
    }
}
