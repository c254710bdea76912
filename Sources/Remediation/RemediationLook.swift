/// What a look at a target comes to.
package struct RemediationLook: Equatable, Sendable {
    /// What is newly refused.
    package var records: [ActionRecord] = []
    /// What has to wait.
    package var waits: [RemediationWait] = []

    package init() {}
}
