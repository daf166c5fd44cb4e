/// Every rule about what two runs of the same server may say differently; a new one is a file and a line here.
package enum AllMasks {
    package static let masks: [any Mask.Type] = [
        Metadata.self,
        ServerIdentity.self,
        CacheHints.self,
        TaskFields.self,
        ProtocolIDs.self,
        ModelFacts.self,
        ListOrder.self,
        NotificationCounts.self,
        OverlapOrder.self,
        MintedValues.self,
        Times.self,
        EpochNumbers.self,
        UUIDs.self,
        HexIDs.self,
        TemporaryPaths.self,
    ]
}
