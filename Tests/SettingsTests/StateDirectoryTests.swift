import Settings
import Testing

@Suite("The folder for state")
struct StateDirectoryTests {
    private static let target = "targets: [{url: 'redis://h'}]\n"

    @Test("is none where none is given")
    func absent() throws {
        #expect(try Loading(Self.target).load().stateDirectory == nil)
        #expect(try Loading(Self.target, environment: ["WEIR_STATE_DIR": ""]).load().stateDirectory == nil)
    }

    @Test("is named by the flag, else by the variable, else by the file")
    func precedence() throws {
        var loading = Loading(Self.target + "state_dir: /file")
        #expect(try loading.load().stateDirectory == "/file")
        loading.environment = ["WEIR_STATE_DIR": "/variable"]
        #expect(try loading.load().stateDirectory == "/variable")
        loading.flags.stateDir = "/flag"
        #expect(try loading.load().stateDirectory == "/flag")
        #expect(try Loading(flags: SettingsFlags(redis: ["redis://h"], stateDir: "/x")).load().stateDirectory == "/x")
    }

    @Test(
        "named by a relative path is looked for beside the file that names it",
        arguments: [
            ("state", "/etc/weir/state"), ("./state", "/etc/weir/./state"), ("../state", "/etc/weir/../state"),
            ("/state", "/state"), ("'a b'", "/etc/weir/a b"), ("7", "/etc/weir/7"),
        ])
    func relativeToFile(path: String, expected: String) throws {
        var loading = Loading(flags: SettingsFlags(config: "/etc/weir/weir.yaml"))
        loading.files["/etc/weir/weir.yaml"] = Array((Self.target + "state_dir: \(path)").utf8)
        #expect(try loading.load().stateDirectory == expected)
    }

    @Test("named by a relative path elsewhere is meant from the working directory")
    func relativeToWorkingDirectory() throws {
        #expect(try Loading(Self.target + "state_dir: state").load().stateDirectory == "state")
        var loading = Loading(flags: SettingsFlags(config: "/etc/weir/weir.yaml"))
        loading.files["/etc/weir/weir.yaml"] = Array((Self.target + "state_dir: file").utf8)
        loading.environment = ["WEIR_STATE_DIR": "./variable"]
        #expect(try loading.load().stateDirectory == "./variable")
        loading.flags.stateDir = "flag"
        #expect(try loading.load().stateDirectory == "flag")
    }

    @Test(
        "that is none is refused",
        arguments: [
            ("state_dir:", "11: state_dir: empty; the path of a folder such as /var/lib/weir is meant"),
            ("state_dir: ''", "12: state_dir: empty; the path of a folder such as /var/lib/weir is meant"),
            ("state_dir: [a]", "12: state_dir: a list, where the path of a folder such as /var/lib/weir is meant"),
            (
                "state_dir: {a: b}",
                "12: state_dir: a mapping, where the path of a folder such as /var/lib/weir is meant"
            ),
            (
                "state_dir: redis://h",
                "12: state_dir: a URL, where the path of a folder such as /var/lib/weir is meant"
            ),
            ("state_dir: \"a\\0b\"", "12: state_dir: a control character is in it"),
            ("state_dri: a", "1: state_dri: unknown key; did you mean state_dir?"),
        ])
    func refused(yaml: String, expected: String) {
        #expect(Loading(Self.target + yaml).complaints() == ["weir.yaml:2:" + expected])
        #expect(
            Loading(Self.target + yaml, flags: SettingsFlags(stateDir: "/x")).complaints() == [
                "weir.yaml:2:" + expected
            ])
    }
}
