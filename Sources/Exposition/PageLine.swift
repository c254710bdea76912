/// One series' line of a page, by where its parts are.
struct PageLine {
    /// The family's name, with the brace.
    var name: Range<Int>
    var labels: LabelTable.Place
    /// Labels of the sample's own.
    var own: Range<Int>
    var value: Range<Int>

    /// The brace, the space and the line feed, and the comma after labels of its own.
    var count: Int { name.count + labels.count + own.count + (own.isEmpty ? 3 : 4) + value.count }

    /// The block has room for it.
    func write(from page: MetricsPage, into block: inout PageBlock) {
        let (bytes, labels) = (page.bytes.span, page.labels.bytes.span)
        let (before, after) = self.labels.parts
        block.append(bytes.extracting(name))
        block.append(labels.extracting(before))
        if !own.isEmpty {
            block.append(bytes.extracting(own))
            block.append(UInt8(ascii: ","))
        }
        block.append(labels.extracting(after))
        block.append(UInt8(ascii: "}"))
        block.append(UInt8(ascii: " "))
        block.append(bytes.extracting(value))
        block.append(UInt8(ascii: "\n"))
    }
}
