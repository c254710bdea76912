package import Platform

/// Where certificates or a key in PEM are: in a file, or in the configuration itself.
package enum TLSMaterial: Hashable, Sendable {
    case file(String)
    /// `name` is what messages call it.
    case text(Secret, name: String)
}

extension TLSMaterial {
    /// What messages call it.
    package var name: String {
        switch self {
        case .file(let path): path
        case .text(_, let name): name
        }
    }

    func read() throws(TLSError) -> [UInt8] {
        switch self {
        case .text(let secret, _): return secret.bytes
        case .file(let path):
            do throws(SystemError) {
                return try OwnedDescriptor(reading: path).read(limit: 16 * 1024 * 1024)
            } catch {
                throw .unreadableFile(path: path, error)
            }
        }
    }

    /// What changes with the file; nil for what is no file, or is not there.
    var stamp: FileStamp? {
        guard case .file(let path) = self else { return nil }
        return FileStamp(of: path)
    }
}
