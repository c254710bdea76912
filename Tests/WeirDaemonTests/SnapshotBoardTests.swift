import StreamModel
import Testing

@testable import WeirDaemon

@Suite("The board of snapshots")
struct SnapshotBoardTests {
    private let board = SnapshotBoard()

    private func put(_ name: String, isUp: Bool = true, isFirstLookDone: Bool = true) {
        board.put(.sample(name, isUp: isUp), isFirstLookDone: isFirstLookDone)
    }

    @Test("is ready once every target has been looked at, up or down, and stays so")
    func readiness() {
        #expect(!board.isReady)
        board.expect(["a", "b"])
        #expect(!board.isReady)
        put("a")
        #expect(!board.isReady)
        put("b", isUp: false)
        #expect(board.isReady)
        put("a", isUp: false)
        #expect(board.isReady)
        // A target that a reload brings does not take weir out of service.
        board.expect(["a", "b", "c"])
        #expect(board.isReady)
    }

    @Test("waits for the first discovery, however many polls that takes")
    func firstLook() {
        board.expect(["a"])
        put("a", isFirstLookDone: false)
        put("a", isFirstLookDone: false)
        #expect(!board.isReady)
        // A reload does not make it forget that it waits.
        board.expect(["a"])
        put("a", isFirstLookDone: false)
        #expect(!board.isReady)
        put("a")
        #expect(board.isReady)
    }

    @Test("does not wait for a target that a reload took away")
    func removedTarget() {
        board.expect(["a", "b"])
        put("a")
        board.expect(["a"])
        put("a")
        #expect(board.isReady)
    }

    @Test("shows the targets that there is something of, by name")
    func order() {
        board.expect(["b", "c", "a"])
        put("c")
        put("a")
        #expect(board.read().snapshots.map(\.name) == ["a", "c"])
        board.expect(["c", "b"])
        #expect(board.read().snapshots.map(\.name) == ["c"])
        #expect(!board.has(target: "a"))
        #expect(board.has(target: "b"))
    }

    @Test("takes nothing of a target that is not expected, as from a poller that is being stopped")
    func unexpected() {
        board.expect(["a"])
        let version = board.version
        put("b")
        #expect(board.read().snapshots.isEmpty)
        #expect(board.version == version)
        #expect(!board.isReady)
    }

    @Test("has a new version with every change")
    func version() {
        var versions = [board.version]
        board.expect(["a"])
        versions.append(board.version)
        for _ in 0..<3 {
            put("a")
            versions.append(board.read().version)
        }
        #expect(versions == Set(versions).sorted())
        #expect(board.version == versions.last)
    }
}
