package import Alerting
package import Delivery
package import Platform
package import StreamModel

/// What is wrong with one setting, and what was meant.
///
/// Holds nothing that was written but as an `Excerpt`, so that no password can be in it.
package enum Complaint: Error, Sendable, Equatable {
    // The file and its keys.
    case unreadable(FileReadError)
    case yaml(YAMLError.Fault)
    case unknownKey(nearest: String?, known: [String])
    case strangeKey(known: [String])
    case repeatedKey(firstLine: Int)
    case missingURL
    case missing(Expectation)
    case wrongShape(found: String, meant: Expectation)
    case quoted(Excerpt, meant: Expectation)

    // Values.
    case empty(Expectation)
    case notA(Expectation, Excerpt)
    case noUnit(number: Excerpt, unit: String)
    case outOfRange(Excerpt, range: String, example: String)
    case notOneOf([String], Excerpt, nearest: String?)
    case controlCharacter
    case listenAddress(Excerpt, ListenAddress.Fault)
    case url(RedisURLFault)
    case httpURL(HTTPURLFault)
    case givenTwice(Excerpt)

    // Values that do not go together.
    case sameName(Excerpt)
    case second(String, with: String)
    case secondUser
    case userWithoutPassword
    case sentinelUserWithoutPassword
    case tlsOfPlainURL
    case sentinelOfOtherURL
    case keyWithoutCertificate
    case emptyFile(of: String)
    case noTarget
    case shortWindow(Duration, least: Duration)
    case nothingButMatch
    case overrideOfAll
    case overrideOfNothing([String])

    // Alerts.
    case labelName
    case ownLabel
    case neverWatched(Excerpt)
    case excluded(Excerpt)
    case expectedTwice
    case notPlain(NameBearer, Excerpt)
    case sameNamed(NameBearer, Excerpt)
    case keyOfKind(String, [String], not: String)
    case missingEither(String, String)
    case urlGivenTwice
    case headerName
    case ownHeader
    case signingKey(SigningKeyFault)
    case routingKey
    case fileNotText
    case notAbout(String, AlertRule)
    case otherLimit(AlertRule)
    case oneLevel
    case criticalTooSoon(seconds: Duration)
    case noChannel(Excerpt, nearest: String?, known: [String])

    // Remediation.
    case deadLettersOfItself
    case slotsDiffer(stream: Excerpt, KeySlot?, destination: KeySlot)

    // A web configuration.
    case web(WebConfigFault)

    // Warnings.
    case secretInFile(String, apart: String?)
    case passwordInFlag
    case unverified
    case unusedAuthorities
    case aboveCeiling(String, ceiling: String)
    case notDeclared(Excerpt)
    case forgetfulLimit
    case noTargetOfPolicy(known: [String])
    case unwatchedByPolicy
}

extension Complaint: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let error): "cannot be read: \(error)"
        case .yaml(let fault): fault.description
        case .unknownKey(let nearest?, _): "unknown key; did you mean \(nearest)?"
        case .unknownKey(nil, let known): "unknown key; known are \(known.joined(separator: ", "))"
        case .strangeKey(let known): "a key that is no plain word; known are \(known.joined(separator: ", "))"
        case .repeatedKey(let line): "given twice, first in line \(line)"
        case .missingURL: "missing; every target has one, such as redis://127.0.0.1:6379"
        case .missing(let meant): "missing; \(meant) is meant"
        case .wrongShape(let found, let meant): "\(found), where \(meant) is meant"
        case .quoted(let shown, let meant):
            "\(shown) is a text because of its quotes; \(meant) is meant, without quotes"
        case .empty(let meant): "empty; \(meant) is meant"
        case .notA(.boolean, let shown): "\(shown) is not true or false; yes, no, on and off are only words here"
        case .notA(.duration, let shown):
            "\(shown) is not a duration: whole numbers with ms, s, m, h or d, the largest first, such as 5s or 1m30s"
        case .notA(.size, let shown):
            "\(shown) is not a size: a whole number with B, KiB, MiB, GiB, KB, MB or GB, such as 16KiB"
        case .notA(.staleAfter, let shown): "\(shown) is neither auto nor a duration such as 5m"
        case .notA(let meant, let shown): "\(shown) is not \(meant)"
        case .noUnit(let number, let unit):
            number.text.map { "\($0) has no unit: \($0)\(unit)?" } ?? "the number has no unit, such as \(unit)"
        case .outOfRange(let shown, let range, let example):
            "\(shown) is out of range: \(range), such as \(example)"
        case .notOneOf(let choices, let shown, let nearest):
            "\(shown) is not one of \(choices.joined(separator: ", "))"
                + (nearest.map { "; did you mean \($0)?" } ?? "")
        case .controlCharacter: "a control character is in it"
        case .listenAddress(let shown, let fault): "\(shown) is not an address to listen on: \(fault)"
        case .url(let fault): fault.description
        case .httpURL(let fault): fault.description
        case .givenTwice(let shown): "\(shown) is given twice"
        case .sameName(let shown): "two targets are named \(shown); give each its own name in a file"
        case .second(let what, let other): "the \(what) is given twice, here and in \(other); keep one"
        case .secondUser: "the user is given twice, here and in the url; keep one"
        case .userWithoutPassword:
            "a user without a password; give password_file or WEIR_REDIS_PASSWORD (a nopass user takes any)"
        case .sentinelUserWithoutPassword:
            "a user without a password; give password_file (a nopass user takes any)"
        case .tlsOfPlainURL: "the url is not one of TLS; write rediss:// or valkeys:// there, or leave out tls"
        case .sentinelOfOtherURL:
            "the url is not one of sentinels; write redis+sentinel:// there, or leave out sentinel"
        case .keyWithoutCertificate: "a key without its certificate; give cert_file (the key may stand in it as well)"
        case .emptyFile(let meant): "the file holds no \(meant)"
        case .noTarget:
            "no target; give --redis redis://HOST:6379, or WEIR_REDIS=redis://HOST:6379, or targets in a file (--config)"
        case .shortWindow(let window, let least):
            "\(DurationText.format(window)) is shorter than three polls take (poll.interval); "
                + "a window of \(DurationText.format(least)) or more is meant"
        case .nothingButMatch:
            "nothing but match; as is the name of what it matches together, as in {match: \"shard:*\", as: shards}, "
                + "max_silence how long nothing may be added (a pattern alone is written as a text)"
        case .overrideOfAll:
            "neither a stream nor a group; an override is for some of them, such as stream: \"batch:*\" (health is for all)"
        case .overrideOfNothing(let known): "nothing is overridden; give one of \(known.joined(separator: ", "))"
        case .labelName: "not the name of a label: letters, digits and _, no digit first and not __"
        case .ownLabel: "alerts have this label from weir; its own are \(LabelText.own.joined(separator: ", "))"
        case .neverWatched(let shown): "\(shown) is not among the target's streams, so that weir would never see it"
        case .excluded(let shown): "\(shown) is matched by the target's exclude, so that weir would never see it"
        case .expectedTwice: "this group of this stream is given twice"
        case .notPlain(let bearer, let shown):
            "\(shown) is not a name for a \(bearer): at most 64 letters, digits, dots, _ and -, such as \(bearer.example)"
        case .sameNamed(let bearer, let shown): "two \(bearer.plural) are named \(shown); give each its own name"
        case .keyOfKind(let key, let kinds, let kind):
            "for \(key) \(kinds.joined(separator: ", ")); the \(key) here is \(kind)"
        case .missingEither(let one, let other): "neither \(one) nor \(other); one of them is meant"
        case .urlGivenTwice: "this URL is given twice"
        case .headerName: "not the name of a header: letters, digits and -, such as X-Api-Key"
        case .ownHeader: "weir sets this header itself"
        case .signingKey(let fault): fault.description
        case .routingKey: "a space, a control character or a letter beyond ASCII is in the routing key"
        case .fileNotText: "the file is not valid UTF-8"
        case .notAbout(let key, let rule): "\(rule.rawValue) is about \(words(rule.definition.scope)), not about \(key)"
        case .otherLimit(let rule) where rule.limits.isEmpty: "\(rule.rawValue) has no limit of its own"
        case .otherLimit(let rule):
            "not a limit of \(rule.rawValue); it knows \(rule.limits.map(\.rawValue).joined(separator: ", "))"
        case .oneLevel: "the rule has one level when severity is set; leave out one of them"
        case .criticalTooSoon(let seconds):
            "the critical level comes after the usual one: more than seconds, \(DurationText.format(seconds)), is meant"
        case .noChannel(let shown, _, []): "\(shown) is not a channel; there are none"
        case .noChannel(let shown, let nearest?, _): "\(shown) is not a channel; did you mean \(nearest)?"
        case .noChannel(let shown, nil, let known):
            "\(shown) is not a channel; known are \(known.joined(separator: ", "))"
        case .deadLettersOfItself:
            "the policy's own stream, whose dead letters would be dead letters again, for ever; another one is meant"
        case .slotsDiffer(let stream, let slot?, let destination):
            "a cluster moves entries within one slot only, and \(stream) is in slot \(slot), this in \(destination); "
                + Self.sameTag
        case .slotsDiffer(let stream, nil, let destination):
            "a cluster moves entries within one slot only, and what \(stream) matches may be in any, "
                + "this is in \(destination); " + Self.sameTag
        case .web(let fault): fault.description
        case .secretInFile(let secret, let other):
            "\(secret) in the file can be read by whoever reads the file; "
                + (other.map { "\($0) keeps it apart" } ?? "let nobody but weir read it")
        case .passwordInFlag:
            "a password in a flag can be read in the list of processes; WEIR_REDIS_PASSWORD_FILE keeps it apart"
        case .unverified:
            "whoever answers is taken for the server, and is told the password; ca_file names authorities of your own"
        case .unusedAuthorities: "not read, as insecure_skip_verify is true: nothing is verified"
        case .aboveCeiling(let mode, let ceiling):
            "\(mode) is more than remediation.mode, \(ceiling), which is a ceiling for every policy: \(ceiling) is in force"
        case .notDeclared(let consumer):
            "\(consumer) is not declared to read its own pending entries: every claim will be refused, as entries would "
                + "be stranded there; true says that it does"
        case .forgetfulLimit:
            "without state_dir a restart of weir forgets what was moved within the hour, and what may be moved starts anew"
        case .noTargetOfPolicy(let known):
            "no target is called so, so that the policy does nothing; there are \(known.joined(separator: ", "))"
        case .unwatchedByPolicy: "no target of the policy watches this stream, so that it does nothing"
        }
    }

    private static let sameTag = "give both the same {tag}, as in {orders} and {orders}:dead"
}

private func words(_ scope: RuleDefinition.Scope) -> String {
    switch scope {
    case .target: "a target as a whole"
    case .node: "a server"
    case .stream: "a stream"
    case .group: "a group"
    }
}
