import Remediation
import StreamModel
import TestSupport
import Testing

@testable import WeirDaemon

/// Keys are spelt as docs/api.md has them: schema 1 may grow, and nothing in it goes away.
@Suite("The document of actions")
struct ActionsDocumentTests {
    private let board = ActionBoard()

    private func document() throws -> JSONValue {
        try JSONValue(reading: ActionsDocument(board.read(), at: Timestamp(milliseconds: 1_790_000_000_250)).json())
    }

    private func fill() {
        var dead = RemediationPolicy.sample(
            "dead", mode: .dryRun, .deadLetter(to: Name("{s}:dead"), afterDeliveries: 5))
        dead.limits = EntryLimits(perCycle: 50, perHour: 500)
        dead.notify = ["ops"]
        dead.target = Glob("shop*")
        board.put(
            .sample(
                .sample("rescue", .claim(to: Name("helper"), rereadsOwnPEL: true)), dead,
                .sample("tidy", mode: .off, .forgetConsumer), .sample("retry", .requeue(to: nil))))
        board.put(.paused(reason: "a deployment", since: Timestamp(milliseconds: 1_789_999_999_500)))
        board.put(
            waiting: [
                RemediationWait(
                    target: "shop", key: CaseKey(policy: "dead", stream: Name("s"), group: Name([0xFF])),
                    action: .deadLetter, reason: .cooldown, since: Timestamp(milliseconds: 1_000),
                    until: Timestamp(milliseconds: 61_500))
            ], of: "shop")
        var record = ActionRecord.sample(
            action: .claim, result: .refused, reason: "not_alive", text: "<b>\n", stream: Name([0xC3, 0x28]),
            shownAs: Name("shards"), group: Name("g\"\u{0}"), destination: Name("helper"))
        record.entries = [
            MovedEntry(
                id: StreamID(milliseconds: .max, sequence: .max), consumer: Name("c"), idleMilliseconds: 1_500,
                deliveries: 3, copy: StreamID(milliseconds: 2, sequence: 1)),
            MovedEntry(id: StreamID(milliseconds: 1, sequence: 0)),
        ]
        record.left = [
            LeftEntry(id: .zero, reason: .bodyGone), LeftEntry(id: .zero, reason: .tooManyFields(4_000)),
        ]
        record.forgotten = [Name("old")]
        record.purged = [StreamID(milliseconds: 9, sequence: 9)]
        record.causes = [ActionRecord.Cause(alertname: "ConsumerStale", fingerprint: "00000000000000ff")]
        _ = board.record([.sample(at: 1_789_999_999_750, isDryRun: true, result: .dryRun, entries: 2), record])
    }

    @Test("has every key, null where there is nothing to say")
    func empty() throws {
        let document = try document()
        #expect(
            document
                == .object([
                    "schema": .number(1), "time": .number(1_790_000_000.25), "mode": .string("off"),
                    "paused": .bool(false), "paused_reason": .null, "paused_since": .null, "policies": .array([]),
                    "waiting": .array([]), "actions": .array([]),
                ]))
    }

    @Test("says what is in force, and since when it is paused")
    func policies() throws {
        fill()
        let document = try document()
        #expect(document["mode"] == .string("act") && document["paused"] == .bool(true))
        #expect(document["paused_reason"] == .string("a deployment"))
        #expect(document["paused_since"] == .number(1_789_999_999.5))
        let policies = document["policies"]?.elements ?? []
        #expect(policies.map { $0["mode"]?.string } == ["act", "dry-run", "off", "act"])
        #expect(policies.map { $0["action"]?.string } == ["claim", "dead_letter", "forget_consumer", "requeue"])
        let null = ["after_deliveries", "per_cycle", "per_hour", "rereads_own_pel", "to", "to_stream"]
        #expect(policies[0].nullKeys == ["after_deliveries", "per_cycle", "per_hour", "to_stream"])
        #expect(policies[0]["to"] == .string("helper") && policies[0]["rereads_own_pel"] == .bool(true))
        #expect(
            policies[1]
                == .object([
                    "name": .string("dead"), "mode": .string("dry-run"), "action": .string("dead_letter"),
                    "target": .string("shop*"), "stream": .string("*"), "group": .string("*"),
                    "min_idle_seconds": .number(600), "to": .null, "to_stream": .string("{s}:dead"),
                    "after_deliveries": .number(5), "rereads_own_pel": .null, "per_cycle": .number(50),
                    "per_hour": .number(500), "notify": .array([.string("ops")]),
                ]))
        #expect(policies[2].nullKeys == null && policies[3].nullKeys == null)
        #expect(
            document["waiting"]
                == .array([
                    .object([
                        "target": .string("shop"), "policy": .string("dead"), "action": .string("dead_letter"),
                        "stream": .string("s"), "group": .string("\\xff"), "reason": .string("cooldown"),
                        "since": .number(1), "until": .number(61.5),
                    ])
                ]))
    }

    @Test("has every action with what became of each entry, the newest first, names as the snapshot has them")
    func actions() throws {
        fill()
        let actions = try document()["actions"]?.elements ?? []
        #expect(actions.map { $0["result"]?.string } == ["refused", "dry_run"])
        #expect(actions.map { $0["mode"]?.string } == ["act", "dry-run"])
        #expect(actions.map { $0["count"] } == [.number(2), .number(2)])
        let refused = try #require(actions.first)
        #expect(refused["id"]?.string?.hasPrefix("1795275971969-0-") == true)
        #expect(refused["time"] == .number(1_795_275_971.969))
        #expect(refused["stream"] == .string("\\xc3(") && refused["shown_as"] == .string("shards"))
        #expect(refused["group"] == .string("g\"\\x00") && refused["text"] == .string("<b>\n"))
        #expect(refused["to"] == .string("helper") && refused["reason"] == .string("not_alive"))
        #expect(
            refused["entries"]
                == .array([
                    .object([
                        "id": .string("18446744073709551615-18446744073709551615"), "consumer": .string("c"),
                        "idle_seconds": .number(1.5), "deliveries": .number(3), "copy": .string("2-1"),
                    ]),
                    .object([
                        "id": .string("1-0"), "consumer": .null, "idle_seconds": .null, "deliveries": .null,
                        "copy": .null,
                    ]),
                ]))
        #expect(
            refused["left"]
                == .array([
                    .object(["id": .string("0-0"), "reason": .string("body_gone"), "fields": .null]),
                    .object(["id": .string("0-0"), "reason": .string("too_many_fields"), "fields": .number(4_000)]),
                ]))
        #expect(refused["forgotten"] == .array([.string("old")]) && refused["purged"] == .array([.string("9-9")]))
        #expect(
            refused["alerts"]
                == .array([
                    .object(["alertname": .string("ConsumerStale"), "fingerprint": .string("00000000000000ff")])
                ]))
        #expect(actions.last?.nullKeys == ["reason", "shown_as", "to"])
        #expect(actions.last?.keys == refused.keys)
    }

    @Test("keeps the count of what it has no room to list")
    func counts() throws {
        _ = board.record([.sample(entries: 2), .sample(entries: ActionBoard.keptEntries)])
        let actions = try document()["actions"]?.elements ?? []
        #expect(actions.map { $0["count"] } == [.number(10_000), .number(2)])
        #expect(actions.map { $0["entries"]?.elements.count } == [10_000, 0])
    }

    @Test("is described in docs/api.md, field by field")
    func described() throws {
        fill()
        let text = String(decoding: try ProjectFile.read(ProjectFile.path("docs/api.md")), as: UTF8.self)
        let section = text[try #require(text.firstRange(of: "## `/api/v1/actions`")).upperBound...]
        for key in try document().allKeys {
            #expect(section.contains("`\(key)`") || section.contains("`\(key)[]`"), "\(key)")
        }
        for reason in ["windows", "cooldown", "retry", "body_gone", "too_many_fields"] {
            #expect(section.contains("`\(reason)`"), "\(reason)")
        }
        for result in ActionRecord.Result.allCases { #expect(section.contains("`\(result.rawValue)`")) }
        for action in RemediationAction.Kind.allCases { #expect(section.contains("`\(action.rawValue)`")) }
    }
}
