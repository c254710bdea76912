import CPlatform
import Glibc
package import RedisClient

/// A redis-server of one's own on a free loopback port, in a folder of its own: gone with `stop`, or with this process.
@safe package final class ThrowawayRedis {
    package let port: UInt16
    private let process: pid_t
    private let folder: String

    /// Starts `redis-server` from the PATH, without waiting until it answers.
    ///
    /// Call it on the main thread: the server is ended by the system when the thread that started it ends.
    package init() throws(ThrowawayRedisError) {
        guard let port = LoopbackPort.anyFree() else { throw .noPort }
        guard let folder = Self.makeFolder() else { throw .noFolder(reason: unsafe String(cString: strerror(errno))) }
        let words = [
            "redis-server", "--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
            "--dir", folder, "--maxmemory", "64mb",
        ]
        let process = Self.spawn(words, in: folder)
        guard process > 0 else {
            let reason = errno
            Self.remove(folder)
            throw .notStarted(reason: unsafe String(cString: strerror(reason)))
        }
        self.port = port
        self.process = process
        self.folder = folder
    }

    package var endpoint: RedisEndpoint { RedisEndpoint(address: .tcp(host: "127.0.0.1", port: port)) }

    /// Ends the server and removes its folder.
    package func stop() {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        Self.remove(folder)
    }

    private static func remove(_ folder: String) {
        for name in ["server.log", "dump.rdb"] { unsafe unlink("\(folder)/\(name)") }
        unsafe rmdir(folder)
    }

    private static func makeFolder() -> String? {
        let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/weir-demo-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { return nil }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func spawn(_ words: [String], in folder: String) -> pid_t {
        let arguments = words.map { Array($0.utf8CString) }
        var storage = arguments.flatMap(\.self)
        return unsafe storage.withUnsafeMutableBufferPointer { bytes in
            var offset = 0
            var pointers: [UnsafeMutablePointer<CChar>?] = unsafe []
            for argument in arguments {
                unsafe pointers.append(bytes.baseAddress.map { unsafe $0 + offset })
                offset += argument.count
            }
            unsafe pointers.append(nil)
            return unsafe weir_spawn(words[0], pointers, folder, "\(folder)/server.log")
        }
    }
}
