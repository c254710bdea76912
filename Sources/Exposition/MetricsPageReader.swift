/// Puts the lines of a metrics page together, block by block.
package struct MetricsPageReader: Sendable {
    private let page: MetricsPage
    private var run = 0
    /// Where in the page's bytes the next line, or the next sample of a subject, begins.
    private var offset = 0
    private var subject = 0
    /// Of the subject; nil: they have not been counted.
    private var samplesLeft: Int?
    /// What of a line did not fit into the block before.
    private var rest: ArraySlice<UInt8> = []

    package init(_ page: MetricsPage) {
        self.page = page
        offset = page.runs.first?.bytes.lowerBound ?? 0
    }

    /// Fills the buffer's start with what comes next, and says with how much: all of it, until the end has been read.
    package mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var block = unsafe PageBlock(buffer)
        rest = block.append(rest)
        while !block.isFull, run < page.runs.count {
            switch page.runs[run].kind {
            case .text:
                let left = page.bytes[offset..<page.runs[run].bytes.upperBound]
                offset += left.count - block.append(left).count
            case .series(let kind, let name): readSeries(kind, name, into: &block)
            }
            if offset == page.runs[run].bytes.upperBound, samplesLeft ?? 0 == 0 { beginNextRun() }
        }
        return block.count
    }

    private mutating func beginNextRun() {
        run += 1
        subject = 0
        samplesLeft = nil
        if run < page.runs.count { offset = page.runs[run].bytes.lowerBound }
    }

    /// Up to the run's end, or to that of the block.
    private mutating func readSeries(_ kind: LabelTable.Kind, _ name: Range<Int>, into block: inout PageBlock) {
        let places = page.labels[kind]
        let end = page.runs[run].bytes.upperBound
        while !block.isFull {
            let left: Int
            if let samplesLeft {
                left = samplesLeft
            } else {
                guard offset < end else { return }
                left = Int(page.bytes[offset])
                offset += 1
            }
            guard left > 0 else {
                subject += 1
                samplesLeft = nil
                continue
            }
            samplesLeft = left - 1
            let own = offset + 1..<offset + 1 + Int(page.bytes[offset])
            let value = own.upperBound + 1..<own.upperBound + 1 + Int(page.bytes[own.upperBound])
            offset = value.upperBound
            write(PageLine(name: name, labels: places[subject], own: own, value: value), into: &block)
        }
    }

    private mutating func write(_ line: PageLine, into block: inout PageBlock) {
        if line.count <= block.room { return line.write(from: page, into: &block) }
        let whole = unsafe [UInt8](unsafeUninitializedCapacity: line.count) { buffer, count in
            var whole = unsafe PageBlock(UnsafeMutableRawBufferPointer(buffer))
            line.write(from: page, into: &whole)
            count = whole.count
        }
        rest = block.append(whole[...])
    }
}
