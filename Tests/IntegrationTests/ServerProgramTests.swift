import TestSupport
import Testing

/// Says which versions the suites that take every one could not run on.
@Suite("Versions of the server")
struct ServerProgramTests {
    @Test(
        "All are there: scripts/fetch-servers brings them",
        .disabled(
            if: !ServerProgram.missing.isEmpty,
            "the tests did not run on \(ServerProgram.missing.joined(separator: ", "))"))
    func versions() {
        #expect(ServerProgram.all.count > 1 || ServerProgram.all.first?.name == ServerProgram.system.name)
    }
}
