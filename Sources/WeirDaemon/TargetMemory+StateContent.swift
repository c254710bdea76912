import StateFiles
package import StreamHealth

extension TargetMemory: StateContent {
    package static let kind = "memory"
    package static let version = 1
}
