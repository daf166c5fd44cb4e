/// The severity of a log message to the client, from least to most severe (RFC 5424 §6.2.1).
public enum LogLevel: String, Sendable, Hashable, CaseIterable, Comparable {
    case debug, info, notice, warning, error, critical, alert, emergency

    private var severity: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .notice: 2
        case .warning: 3
        case .error: 4
        case .critical: 5
        case .alert: 6
        case .emergency: 7
        }
    }

    public static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.severity < right.severity
    }
}
