import Testing

@testable import Rescue

@Suite("The script that moves entries")
struct MoveScriptTests {
    @Test("asks whether it may add before it acknowledges anything, and acknowledges after it has added")
    func order() throws {
        let source = MoveScript.script.source
        let probe = try #require(source.firstRange(of: "'XADD', target, '0-0'"))
        let proof = try #require(source.firstRange(of: "'XACK', stream, group, '0-0'"))
        let copy = try #require(source.firstRange(of: "'XADD', target, '*'"))
        let acknowledgement = try #require(source.firstRange(of: "'XACK', stream, group, id"))
        #expect(probe.upperBound < proof.lowerBound)
        #expect(proof.upperBound < copy.lowerBound)
        #expect(copy.upperBound < acknowledgement.lowerBound)
    }
}
