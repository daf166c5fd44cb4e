/// What tells a dialect from the others, as far as the machine asks.
struct DialectTraits {
    enum Listening {
        /// The GET is the conversation: without it there is none.
        case asConversation
        /// A GET beside the POSTs, which a server need not have.
        case byGet
        /// A request that stays open.
        case byPost
    }

    /// Whether `initialize` opens it.
    var hasHandshake: Bool
    /// Whether answers come on the listening stream instead of the response to the POST.
    var answersOnStream: Bool
    /// Whether closing the response is what cancels a call.
    var cancelsByClosing: Bool
    /// Whether a stream that was cut can go on behind its last event.
    var resumes: Bool
    var listening: Listening
}

/// Every dialect: one line here, one file beside.
enum AllDialects {
    static func traits(of dialect: Dialect) -> DialectTraits {
        switch dialect {
        case .httpSSE: HTTPSSEDialect.traits
        case .streamable: StreamableDialect.traits
        case .stateless: StatelessDialect.traits
        case .broadcast: BroadcastDialect.traits
        }
    }
}

extension ConversationMachine {
    var traits: DialectTraits { AllDialects.traits(of: dialect) }
}
