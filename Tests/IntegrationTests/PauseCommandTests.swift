import TestSupport
import Testing

@Suite("weir pause and weir resume")
struct PauseCommandTests {
    private let folder: TemporaryFolder
    private let state: String

    init() throws {
        folder = try TemporaryFolder()
        state = "\(folder.path)/state"
    }

    private var file: String { String(decoding: folder.read("state/pause.json"), as: UTF8.self) }

    @Test("leave a file in state_dir with the reason, replace it, and take it away")
    func both() async throws {
        let paused = try await WeirProcess.run(["pause", "moving", "house", "--state-dir", state])
        #expect(paused.status == 0 && paused.output.contains("remediation is paused: moving house"))
        #expect(paused.output.contains("no weir has run with this state_dir yet"))
        #expect(file.contains("\"reason\":\"moving house\""))
        let configured = try folder.write(
            configuration("url: \"redis://h\"") + "state_dir: \(state)\n", to: "weir.yaml")
        #expect(try await WeirProcess.run(["pause", "--config", configured]).status == 0)
        #expect(file.contains("\"reason\":\"\""))

        let resumed = try await WeirProcess.run(["resume"], variables: ["WEIR_STATE_DIR": state])
        #expect(resumed.status == 0 && resumed.output.contains("remediation is no longer paused"))
        #expect(folder.entries(of: "state") == [])
        let again = try await WeirProcess.run(["resume", "--config", configured])
        #expect(again.status == 1 && again.output.contains("remediation is not paused"))
    }

    @Test("need a state_dir, and say what is wrong with it", arguments: ["pause", "resume"])
    func wrong(command: String) async throws {
        let nowhere = try await WeirProcess.run([command])
        #expect(nowhere.status == 64 && nowhere.output.contains("a pause is a file in state_dir: give --state-dir"))
        try folder.write("", to: "state")
        let noFolder = try await WeirProcess.run([command, "--state-dir", state])
        #expect(noFolder.status == 1 && noFolder.output.contains("\(state) is not a folder"))
        let noFile = try await WeirProcess.run([command, "--config", "\(folder.path)/none.yaml"])
        #expect(noFile.status == 78 && noFile.output.contains("cannot be read"))
    }
}
