/// Rows in aligned columns.
struct TextTable {
    struct Column {
        var title: String
        /// Numbers stand at the right.
        var isNumeric = false

        init(_ title: String, isNumeric: Bool = false) {
            self.title = title
            self.isNumeric = isNumeric
        }
    }

    private let columns: [Column]
    private let widths: [Int]
    /// A wider cell is printed whole, but does not push the others.
    static let widest = 60

    /// `sample`: rows that the widths are taken from; others may follow.
    init(_ columns: [Column], sample: [[String]]) {
        self.columns = columns
        widths = columns.indices.map { index in
            sample.reduce(columns[index].title.count) { max($0, min(Self.widest, $1[index].count)) }
        }
    }

    var heading: String { line(columns.map(\.title)) }

    func line(_ cells: [String]) -> String {
        var text = ""
        for (index, cell) in cells.enumerated() {
            if index > 0 { text += "  " }
            let isLast = index == cells.count - 1 && !columns[index].isNumeric
            text += isLast ? cell : cell.padded(to: widths[index], right: columns[index].isNumeric)
        }
        while text.last == " " { text.removeLast() }
        return text
    }
}
