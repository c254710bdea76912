/// The script that deletes a consumer that holds nothing.
///
/// With its consumer the server drops what is pending for it, which nobody would be given again: that is why the look and
/// the deletion are one script. It changes nothing but by its last command, so that a refusal of any leaves all as it was.
enum ForgetScript {
    /// What deletes one consumer.
    ///
    /// `KEYS`: the stream. `ARGV`: the group; the least idle time in milliseconds; the consumer.
    ///
    /// The row, where the consumer was deleted: its name, and how many entries were pending for it, which is 0.
    static let script = ServerScript(
        """
        local stream, group, minIdle, name = KEYS[1], ARGV[1], tonumber(ARGV[2]), ARGV[3]
        local consumers = redis.pcall('XINFO', 'CONSUMERS', stream, group)
        if consumers.err then return {consumers.err, {}, 'XINFO CONSUMERS'} end
        for index = 1, #consumers do
            -- By name: versions differ in the number of fields.
            local fields = {}
            for position = 1, #consumers[index], 2 do
                fields[consumers[index][position]] = consumers[index][position + 1]
            end
            if fields.name == name then
                if fields.pending ~= 0 or type(fields.idle) ~= 'number' or fields.idle < minIdle then
                    return {'', {}}
                end
                local dropped = redis.pcall('XGROUP', 'DELCONSUMER', stream, group, name)
                if type(dropped) == 'table' then return {dropped.err, {}, 'XGROUP DELCONSUMER'} end
                return {'', {{name, dropped}}}
            end
        end
        return {'', {}}
        """)
}
