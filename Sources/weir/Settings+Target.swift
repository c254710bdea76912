import ArgumentParser
import Settings

extension Settings {
    /// The target of that name, or all of them where none is named.
    func targets(named name: String?) throws -> [TargetSettings] {
        guard let name else { return targets }
        guard let target = targets.first(where: { $0.name == name }) else {
            let names = targets.map(\.name).joined(separator: ", ")
            throw ValidationError("there is no target of that name; there are: \(names)")
        }
        return [target]
    }
}
