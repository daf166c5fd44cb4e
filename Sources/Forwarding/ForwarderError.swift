/// What kept the forwarder from starting: one sentence that says what happened and what to do.
package struct ForwarderError: Error, CustomStringConvertible {
    package enum Code: Sendable, Hashable {
        case addressInUse, addressUnavailable, cannotListen, invalidUpstream, invalidHeader, unusableCertificate,
            unusableKeyLog
    }

    package let code: Code
    package let message: String
    package let cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { message }
}
