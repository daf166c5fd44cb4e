import Forwarding
import Traffic

/// Why a command ended other than well: one sentence and the exit code.
struct CommandFailure: Error {
    /// Exit codes, the same for every command.
    enum Code: Int32 {
        case found = 1
        case usage = 2
        case refused = 3
        case unreachable = 4
        case incomplete = 5
    }
    var code: Code
    var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// What the layers below throw, in the command line's terms; nil for what is not theirs.
    init?(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let failure as StoreFailure: self.init(.usage, failure.message)
        case let failure as ForwarderError: self.init(.usage, failure.message)
        default: return nil
        }
    }
}
