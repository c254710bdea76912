import StreamModel

extension StreamObservation {
    /// Takes one copy for equal names of groups and consumers, of all streams that share `names`.
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
        }
    }
}
