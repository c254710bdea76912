import StreamModel
import Testing

@testable import Exposition

@Suite("The families of metrics")
struct MetricFamilyTests {
    @Test("have distinct names and come by name")
    func names() {
        let names = MetricFamily.all.map(\.name)
        #expect(names == Set(names).sorted())
        #expect(names.allSatisfy { $0.hasPrefix("redis_") || $0.hasPrefix("weir_") || $0.hasPrefix("process_") })
    }

    @Test("each say in a sentence what they mean", arguments: MetricFamily.all)
    func help(family: MetricFamily) {
        #expect(family.help.hasSuffix("."), "\(family.name)")
        #expect(family.help.first?.isUppercase == true || family.help.hasPrefix("weir"), "\(family.name)")
        #expect(!family.help.contains { "\"\n\\".contains($0) }, "\(family.name)")
        #expect(!family.help.contains("  "), "\(family.name)")
    }

    @Test("are counters if and only if they end in _total, and have no name that a format keeps for itself")
    func suffixes() {
        for family in MetricFamily.all {
            #expect(family.name.hasSuffix("_total") == (family.kind == .counter), "\(family.name)")
            for reserved in ["_bucket", "_sum", "_count", "_created", "_gsum", "_gcount"] {
                #expect(!family.name.hasSuffix(reserved))
            }
        }
        // Without `_total` a counter must not be mistaken for another family.
        let stems = MetricFamily.all.map { $0.kind == .counter ? String($0.name.dropLast("_total".count)) : $0.name }
        #expect(Set(stems).count == stems.count)
    }

    @Test("name their labels in order", arguments: MetricFamily.all)
    func labels(family: MetricFamily) {
        #expect(family.labels == family.labels.sorted())
        #expect(family.name.hasPrefix("redis_stream_") == family.labels.contains("stream"), "\(family.name)")
        #expect(family.name.hasPrefix("redis_stream_group_") == family.labels.contains("group"), "\(family.name)")
    }
}
