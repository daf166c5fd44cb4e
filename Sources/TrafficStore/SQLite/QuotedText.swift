extension String {
    /// As a string literal of SQL.
    var sqlLiteral: String {
        var literal = "'"
        for character in self {
            if character == "'" { literal += "'" }
            literal.append(character)
        }
        return literal + "'"
    }
}
