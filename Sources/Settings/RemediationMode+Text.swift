import Remediation

extension RemediationMode {
    /// Reads a mode; `false` is a word for off, as YAML itself means by `off` what others mean by it.
    static func parse(_ node: YAMLNode) throws(Complaint) -> RemediationMode {
        let text = try node.text(.mode)
        return text == "false" ? .off : try ChoiceText.parse(text)
    }
}
