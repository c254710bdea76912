/// Why a page is not what its format asks for, with the line.
enum PageError: Error, Equatable {
    case notUTF8
    case noFinalNewline
    case emptyLine
    case malformedComment(String)
    /// HELP, TYPE and UNIT come in the format's order, once, before the samples, and with the family's name.
    case misplacedComment(String)
    case malformedSample(String)
    case foreignSample(String)
    case emptyFamily(String)
    case missingEOF
}
