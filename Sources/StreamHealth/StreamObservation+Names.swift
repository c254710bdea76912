import StreamModel

extension StreamObservation {
    /// Takes one copy for equal names of groups and consumers, of all streams that share `names`.
    ///
    /// Each reply has its own copies, and the state keeps names in several places: with the same workers on many streams,
    /// they would be a good part of it.
    mutating func shareNames(_ names: inout Set<Name>) {
        for index in groups.indices {
            groups[index].name = names.insert(groups[index].name).memberAfterInsert
            if var consumers = groups[index].consumers {
                groups[index].consumers = nil
                for place in consumers.indices {
                    consumers[place].name = names.insert(consumers[place].name).memberAfterInsert
                }
                groups[index].consumers = consumers
            }
            guard var page = groups[index].pendingPage else { continue }
            groups[index].pendingPage = nil
            for place in page.rows.indices {
                page.rows[place].consumer = page.rows[place].consumer.map { names.insert($0).memberAfterInsert }
            }
            groups[index].pendingPage = page
        }
    }
}
