/// What a run came to.
package struct LoadResult: Sendable {
    /// What the run took of the machine it ran on.
    package struct Generator: Sendable, Equatable {
        /// Nanoseconds of the processor, over all threads, while it was measured.
        package var user: Int64 = 0
        package var system: Int64 = 0
        /// Which part of its core the busiest thread needed, 0 to 1.
        package var busiest = 0.0
        /// The descriptors that the process may have.
        package var descriptorLimit = 0
        /// Source addresses that connections were spread over; 1 unless the ports of one were not enough.
        package var sourceAddresses = 1

        package init() {}
    }

    package var plan: LoadPlan
    package var operations: [LoadOperation]
    package var figures: LoadFigures
    package var generator: Generator
    /// How long it was measured, in nanoseconds; less than planned where it was cut short.
    package var measured: Int64
    /// When it began, in nanoseconds since 1970.
    package var startedNs: Int64
    /// Whether it was ended before its time.
    package var isCutShort: Bool

    package init(
        plan: LoadPlan, operations: [LoadOperation], figures: LoadFigures, generator: Generator, measured: Int64,
        startedNs: Int64, isCutShort: Bool
    ) {
        self.plan = plan
        self.operations = operations
        self.figures = figures
        self.generator = generator
        self.measured = measured
        self.startedNs = startedNs
        self.isCutShort = isCutShort
    }

    /// Answers a second while it was measured.
    package var answersPerSecond: Double {
        measured > 0 ? Double(figures.total.answered) / (Double(measured) / 1e9) : 0
    }
}
