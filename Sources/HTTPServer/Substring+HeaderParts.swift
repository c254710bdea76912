extension Substring {
    /// Splits where the separator stands outside of a quoted string; the pieces are trimmed.
    func parts(separatedBy separator: Unicode.Scalar) -> [Substring] {
        var pieces: [Substring] = []
        var start = startIndex
        var quoted = false
        var escaped = false
        for index in unicodeScalars.indices {
            let scalar = unicodeScalars[index]
            if escaped {
                escaped = false
            } else if quoted, scalar == "\\" {
                escaped = true
            } else if scalar == "\"" {
                quoted.toggle()
            } else if scalar == separator, !quoted {
                pieces.append(self[start..<index].trimmed)
                start = unicodeScalars.index(after: index)
            }
        }
        pieces.append(self[start...].trimmed)
        return pieces
    }

    /// Without spaces and tabs at its ends.
    var trimmed: Substring {
        var scalars = unicodeScalars
        while let first = scalars.first, first == " " || first == "\t" { scalars.removeFirst() }
        while let last = scalars.last, last == " " || last == "\t" { scalars.removeLast() }
        return Substring(scalars)
    }
}
