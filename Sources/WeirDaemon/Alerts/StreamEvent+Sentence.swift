import StreamModel

extension StreamEvent.Kind {
    var sentence: String {
        switch self {
        case .recreated: "the stream was deleted and made anew"
        case .rolledBack: "the server came back without its last writes"
        case .rewound: "the group was set back: entries will be delivered again"
        case .skipped: "the group was set forward over entries that nobody read"
        case .vanished: "the group had consumers, and is gone"
        }
    }
}
