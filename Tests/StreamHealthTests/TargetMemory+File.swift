import FoundationEssentials

@testable import StreamHealth

extension TargetMemory {
    /// What another process reads of it.
    func throughFile() throws -> TargetMemory {
        try JSONDecoder().decode(TargetMemory.self, from: JSONEncoder().encode(self))
    }
}
