/// Why a file is no YAML that weir reads, and where.
package struct YAMLError: Error, Sendable, Equatable {
    package enum Fault: Sendable, Equatable {
        /// libyaml's own words, which are constants and quote nothing from the file.
        case syntax(String)
        case unquotedStar
        case cyclicAlias
        case severalDocuments
        case tag
        case tooDeep(limit: Int)
        case tooLarge(limitBytes: Int)
        case tooManyAnchors(limit: Int)
        case tooManyValues(limit: Int)
        case outOfMemory
    }

    package let mark: YAMLMark
    package let fault: Fault
}

extension YAMLError.Fault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .syntax(let words): words
        case .unquotedStar: "an unquoted * starts an alias, and there is none of that name; quote a pattern: \"*\""
        case .cyclicAlias: "an alias inside this value refers to the value itself"
        case .severalDocuments: "a second document starts here; a configuration is one document"
        case .tag: "tags (!…) are not understood; leave it out"
        case .tooDeep(let limit): "nested more than \(limit) levels deep"
        case .tooLarge(let limit): "larger than \(limit) bytes"
        case .tooManyAnchors(let limit): "more than \(limit) anchors"
        case .tooManyValues(let limit): "more than \(limit) values, each use of an alias counted"
        case .outOfMemory: "out of memory"
        }
    }
}
