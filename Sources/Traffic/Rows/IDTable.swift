/// Values by row id, or by the number of a connection or exchange: what `Dictionary` is, without hashing. Such numbers
/// are counted, so nobody can choose them so that they collide.
///
/// Values lie side by side, in no order; a place that `index(forKey:)` gives holds until something is removed.
struct IDTable<Value: Sendable>: Sendable {
    private var places = IDPlaces()
    /// To be changed at a place that is there.
    var values: [Value] = []

    init() {}

    var isEmpty: Bool { values.isEmpty }
    var count: Int { values.count }
    /// In no order.
    var keys: [Int64] { places.ids }

    func index(forKey id: some FixedWidthInteger) -> Int? { places.find(Int64(id)) }

    subscript(id: some FixedWidthInteger) -> Value? {
        get { places.find(Int64(id)).map { values[$0] } }
        set {
            let id = Int64(id)
            guard let newValue else {
                removeValue(forKey: id)
                return
            }
            if let place = places.find(id) {
                values[place] = newValue
            } else {
                places.append(id)
                values.append(newValue)
            }
        }
        // Taken out and put back, so that what the value holds is not shared while it is changed.
        _modify {
            let place = places.find(Int64(id))
            var value = place.map { place in values.withUnsafeMutableBufferPointer { $0.moveElement(from: place) } }
            defer {
                // By `take`, because a value that is only looked at would be copied.
                let changed = value.take()
                if let place {
                    guard let changed else { preconditionFailure("only removeValue(forKey:) removes") }
                    values.withUnsafeMutableBufferPointer { $0.initializeElement(at: place, to: changed) }
                } else if let changed {
                    self[id] = changed
                }
            }
            yield &value
        }
    }

    @discardableResult
    mutating func removeValue(forKey id: some FixedWidthInteger) -> Value? {
        guard let place = places.find(Int64(id)) else { return nil }
        places.remove(at: place)
        values.swapAt(place, values.count - 1)
        return values.removeLast()
    }
}

/// A set of row ids, without hashing.
struct IDSet: Sendable {
    private var places = IDPlaces()

    init() {}

    var isEmpty: Bool { places.ids.isEmpty }

    func contains(_ id: Int64) -> Bool { places.find(id) != nil }

    mutating func insert(_ id: Int64) {
        if places.find(id) == nil { places.append(id) }
    }

    /// Nil where it was not in the set.
    @discardableResult
    mutating func remove(_ id: Int64) -> Int64? {
        guard let place = places.find(id) else { return nil }
        places.remove(at: place)
        return id
    }

    mutating func removeAll() { places.removeAll() }

    func sorted() -> [Int64] { places.ids.sorted() }
}
