import Remediation
import StreamModel

/// The script that moves entries of one group to another stream, or to the end of their own.
enum MoveScript {
    /// What one run is given at the most.
    static let entriesPerRun = 100
    /// What a dry run looks at in one go.
    static let entriesPerLook = 10
    /// Lua hands no more than 8,000 arguments to a command, and a field takes two.
    static let mostFields = 3_000
    /// What one run copies, before the next has its turn.
    static let mostBytes = 1 << 20

    /// What moves a batch of entries.
    ///
    /// `KEYS`: the stream, and where copies go. `ARGV`: the group; the least idle time in milliseconds; the least
    /// deliveries; the deliveries from which on an entry is not for this policy, 0: none; the most fields; the most bytes;
    /// the text of `weir-at`, empty: no provenance; then each ID, and how often the entries that it is a copy of had been
    /// delivered.
    ///
    /// The rows are for the IDs dealt with, in their order: `{id, verdict, …}`.
    static let script = ServerScript(
        """
        -- Lua does not roll back, so the order is the safety: whatever can be refused is refused before anything changes.
        local stream, target = KEYS[1], KEYS[2]
        local group, minIdle, least, tooMany = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
        local mostFields, mostBytes, at = tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7]
        local rows = {}

        local function stop(command, reply) return {reply.err, rows, command} end

        -- 0-0 is no ID that an entry can have: every server says so before it looks at the key. But whether this user may
        -- add to the stream, and whether there is memory left, is asked earlier still; and only of the first command of a
        -- script that writes, so that XACK must not come before it.
        local probe = redis.pcall('XADD', target, '0-0', 'f', 'v')
        local text = type(probe) == 'table' and probe.err or ''
        if not string.find(text, 'greater than 0-0', 1, true) then return {text, rows, 'XADD'} end

        -- No entry has this ID either: it acknowledges nothing, and proves that acknowledging is allowed.
        local proof = redis.pcall('XACK', stream, group, '0-0')
        if type(proof) == 'table' then return stop('XACK', proof) end

        -- Other groups would see copies as new entries.
        if stream == target then
            local groups = redis.pcall('XINFO', 'GROUPS', stream)
            if groups.err then return stop('XINFO GROUPS', groups) end
            if #groups > 1 then return {'GROUPS ' .. #groups, rows} end
        end

        local bytes = 0
        for index = 8, #ARGV, 2 do
            local id = ARGV[index]
            local found = redis.pcall('XPENDING', stream, group, id, id, 1)
            if found.err then return stop('XPENDING', found) end
            local row = found[1]
            local deliveries = row and row[4] + tonumber(ARGV[index + 1])
            -- Whoever was quicker has acknowledged, claimed or moved it: that is the lock.
            if not row or row[3] < minIdle or deliveries < least or (tooMany > 0 and deliveries >= tooMany) then
                rows[#rows + 1] = {id, 'taken'}
            else
                local entries = redis.pcall('XRANGE', stream, id, id)
                if entries.err then return stop('XRANGE', entries) end
                local fields = entries[1] and entries[1][2]
                if not fields then
                    rows[#rows + 1] = {id, 'gone'}
                elseif #fields > 2 * mostFields then
                    rows[#rows + 1] = {id, 'wide', #fields / 2}
                else
                    local size = 0
                    for position = 1, #fields do size = size + #fields[position] end
                    -- What one script copies, nobody else waits for too long. One entry is copied in any case.
                    if bytes > 0 and bytes + size > mostBytes then return {'', rows} end
                    bytes = bytes + size
                    if at ~= '' then
                        local origin = {
                            'weir-stream', stream, 'weir-id', id, 'weir-group', group, 'weir-consumer', row[2],
                            'weir-deliveries', string.format('%d', deliveries), 'weir-at', at,
                        }
                        for position = 1, #origin do fields[#fields + 1] = origin[position] end
                    end
                    local copy = redis.pcall('XADD', target, '*', unpack(fields))
                    if type(copy) == 'table' then return stop('XADD', copy) end
                    local acknowledged = redis.pcall('XACK', stream, group, id)
                    if type(acknowledged) == 'table' then
                        rows[#rows + 1] = {id, 'copied', row[2], row[3], deliveries, copy}
                        return stop('XACK', acknowledged)
                    end
                    rows[#rows + 1] = {id, 'moved', row[2], row[3], deliveries, copy}
                end
            end
        end
        return {'', rows}
        """)

    /// `provenance`: the time of `weir-at`; nil: the copies are the entries as they were.
    static func arguments(_ order: RemediationOrder, provenance: Timestamp?, _ ids: [StreamID]) -> [[UInt8]] {
        guard case .move(_, let least, let tooMany, _) = order.task else { return [] }
        let limits = [order.minIdleMilliseconds, least, tooMany ?? 0].map { String($0) }
        let words = limits + [String(mostFields), String(mostBytes), provenance?.rfc3339 ?? ""]
        let entries = ids.flatMap { [$0.description, String(order.earlierDeliveries[$0] ?? 0)] }
        return [order.group.bytes] + (words + entries).map { Array($0.utf8) }
    }
}
