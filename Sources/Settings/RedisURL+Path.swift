/// What follows the hosts of a URL.
extension RedisURL {
    /// `/db`, or nothing.
    static func database(afterHosts rest: ArraySlice<UInt8>) throws(RedisURLFault) -> Int {
        let path = try path(rest)
        guard let database = database(path) else { throw .database }
        return database
    }

    /// `/name`, or `/name/db`.
    static func primary(_ rest: ArraySlice<UInt8>) throws(RedisURLFault) -> (name: String, database: Int) {
        let path = try path(rest)
        let slash = path.firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
        let bytes = try decoded(path[..<slash])
        guard !bytes.isEmpty else { throw .noPrimaryName }
        guard let name = String(validating: bytes, as: UTF8.self),
            !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { throw .primaryNameNotText }
        guard let database = database(path[slash...].dropFirst()) else { throw .databaseOfPrimary }
        return (name, database)
    }

    /// `/path`, or `/path?db=N`.
    static func socket(_ rest: ArraySlice<UInt8>) throws(RedisURLFault) -> (path: String, database: Int) {
        if rest.contains(UInt8(ascii: "#")) { throw .fragment }
        let question = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        let path = try decoded(rest[..<question])
        guard path.count > 1, let text = String(validating: path, as: UTF8.self), !path.contains(0) else {
            throw .socketPath
        }
        // hiredis cuts a longer one off without a word: sun_path has 108 bytes.
        guard path.count <= 107 else { throw .socketPathTooLong }
        guard question < rest.endIndex else { return (text, 0) }
        let query = rest[(question + 1)...]
        let key = "db=".utf8
        guard query.starts(with: key) else { throw .socketQuery }
        let digits = query.dropFirst(key.count)
        guard !digits.isEmpty, let database = database(digits) else { throw .database }
        return (text, database)
    }

    /// Without the slash that it begins with.
    private static func path(_ rest: ArraySlice<UInt8>) throws(RedisURLFault) -> ArraySlice<UInt8> {
        if rest.contains(UInt8(ascii: "#")) { throw .fragment }
        if rest.contains(UInt8(ascii: "?")) { throw .query }
        return rest.dropFirst()
    }

    /// Without digits the first one.
    private static func database(_ digits: ArraySlice<UInt8>) -> Int? {
        if digits.isEmpty { return 0 }
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = Int(String(decoding: digits, as: UTF8.self)), number <= 1_000_000
        else { return nil }
        return number
    }
}
