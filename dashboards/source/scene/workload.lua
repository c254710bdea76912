-- One beat of a workload that has most troubles that weir knows. It is run five times a second.
local call = redis.call
local now = call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)

local function add(stream, count, ...)
    for _ = 1, count do call('XADD', stream, ...) end
end
local function read(stream, group, consumer, count)
    local reply = call('XREADGROUP', 'GROUP', group, consumer, 'COUNT', count, 'STREAMS', stream, '>')
    local ids = {}
    for _, entry in ipairs(reply and reply[1] and reply[1][2] or {}) do ids[#ids + 1] = entry[1] end
    return ids
end
local function acknowledge(stream, group, ids)
    if #ids > 0 then call('XACK', stream, group, unpack(ids)) end
end
local function work(stream, group, consumer, count)
    acknowledge(stream, group, read(stream, group, consumer, count))
end

-- What was before the first beat.
if call('EXISTS', 'parcels') == 0 then
    local groups = {
        parcels = {'packers', 'drivers', 'auditors', 'sorters', 'porters'},
        views = {'counters', 'samplers', 'hoarders'},
        mails = {'senders'},
        letters = {'clerks'},
        blobs = {'keepers'},
    }
    for stream, names in pairs(groups) do
        for _, name in ipairs(names) do call('XGROUP', 'CREATE', stream, name, '0', 'MKSTREAM') end
    end
    add('parcels', 9000, '*', 'weight', '12')
    for consumer, count in pairs({['sorter-1'] = 40, ['sorter-2'] = 10, ['sorter-3'] = 5}) do
        read('parcels', 'sorters', consumer, count)
    end
    read('parcels', 'porters', 'porter-1', 1)
    work('parcels', 'auditors', 'auditor-1', 1)
    add('views', 10, '*', 'page', '/')
    read('views', 'hoarders', 'hoarder-1', 10)
    add('mails', 1, '*', 'to', 'nobody')
    read('mails', 'senders', 'sender-1', 1)
    add('blobs', 5, '*', 'image', string.rep('x', 40000))
    -- Deleted beyond what clerks were given, and too many to count: their lag can only be estimated.
    add('letters', 3000, '*', 'to', 'somebody')
    work('letters', 'clerks', 'clerk-1', 10)
    call('XDEL', 'letters', call('XRANGE', 'letters', '-', '+', 'COUNT', 100)[100][1])
    call('SET', 'settings', 'no stream')
end

-- parcels grows, and memory with it. Packers hold each entry for a second; drivers work off a backlog; the place of
-- auditors, who do not read any more, is set forward; sorters have crashed; porters work, and have forgotten an entry.
add('parcels', 20, '*', 'weight', '12', 'note', string.rep('x', 400))
read('parcels', 'packers', 'packer-' .. (ms % 2 + 1), 60)
local held = {}
for _, row in ipairs(call('XPENDING', 'parcels', 'packers', 'IDLE', 1000, '-', '+', 200)) do held[#held + 1] = row[1] end
acknowledge('parcels', 'packers', held)
work('parcels', 'drivers', 'driver-1', 60)
work('parcels', 'porters', 'porter-1', 25)
if ms % 3000 < 200 then call('XGROUP', 'SETID', 'parcels', 'auditors', '$') end

-- views is trimmed. Counters keep up; samplers are too slow, and lose entries; what hoarders hold is gone.
add('views', 20, 'MAXLEN', '400', '*', 'page', '/')
work('views', 'counters', 'counter-1', 100)
work('views', 'samplers', 'sampler-1', 5)

-- mails has an entry that is poison, and is delivered again with every beat.
add('mails', 1, '*', 'to', 'somebody')
work('mails', 'senders', 'sender-2', 1)
call('XREADGROUP', 'GROUP', 'senders', 'sender-1', 'STREAMS', 'mails', '0')

-- Entries of blobs are large. Dead letters come. Clients ask for a group that is not there.
work('blobs', 'keepers', 'keeper-1', 5)
add('mails:dead', 1, '*', 'to', 'nobody')
redis.pcall('XREADGROUP', 'GROUP', 'missing', 'reader', 'STREAMS', 'mails', '>')
return ms
