import Forwarding
import Traffic

extension Peer {
    init(_ ender: TapEnder) {
        switch ender {
        case .client: self = .client
        case .server: self = .server
        case .proxy: self = .recorder
        case .unknown: self = .unknown
        }
    }
}

extension EndReason {
    init(_ reason: TapEndReason) {
        switch reason {
        case .complete: self = .complete
        case .fin: self = .fin
        case .rst: self = .rst
        case .timeout: self = .timeout
        case .httpError: self = .httpError
        case .shutdown: self = .shutdown
        }
    }
}

extension Edit {
    init(_ edit: TapEdit) {
        let place: Place =
            switch edit.place {
            case .request: .request
            case .response: .response
            case .stream: .stream
            }
        self.init(place: place, what: edit.what, from: edit.from, to: edit.to)
    }
}

extension TLSFacts {
    init(_ tls: TapTLS) {
        if let failure = tls.failure {
            self.init(failure: failure, serverName: tls.serverName)
        } else {
            self.init(outcome: tls.version, serverName: tls.serverName)
        }
    }
}
