// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that weir is built without it. The targets are links to weir's: what they declare is visible
// within one package only.
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "weir-benchmarks",
    dependencies: [.package(url: "https://github.com/apple/swift-log", from: "1.6.0")],
    targets: [
        .systemLibrary(name: "CCrypt"),
        .systemLibrary(name: "CCurl"),
        .systemLibrary(name: "CGnuTLS"),
        .systemLibrary(name: "CHiredis"),
        .systemLibrary(name: "CMicroHTTPD"),
        .systemLibrary(name: "CZlib"),
        .target(name: "CPlatform"),
        .target(name: "CMalloc"),
        .target(name: "StreamModel"),
        .target(name: "Platform", dependencies: ["CPlatform", "StreamModel"]),
        .target(name: "StreamHealth", dependencies: ["StreamModel"]),
        .target(name: "Exposition", dependencies: ["StreamModel"]),
        .target(name: "Alerting", dependencies: ["StreamModel"]),
        .target(name: "Crypto", dependencies: ["CCrypt", "CGnuTLS", "Platform"]),
        .target(name: "Remediation", dependencies: ["StreamModel"]),
        .target(name: "StateFiles", dependencies: ["Platform", logging]),
        .target(
            name: "Delivery",
            dependencies: ["CCurl", "Platform", "StreamModel", "Alerting", "Crypto", "StateFiles", logging]),
        .target(name: "RedisClient", dependencies: ["CHiredis", "CPlatform", "Platform", "Crypto"]),
        .target(name: "Sampling", dependencies: ["StreamModel", "RedisClient"]),
        .target(name: "HTTPServer", dependencies: ["CMicroHTTPD", "CZlib", "Crypto", "Platform"]),
        .target(
            name: "DemoWorkload",
            dependencies: ["CPlatform", "RedisClient", logging]),
        .executableTarget(
            name: "Bench",
            dependencies: [
                "CMalloc", "CPlatform", "Platform", "StreamModel", "StreamHealth", "Exposition", "Alerting",
                "Remediation", "StateFiles", "Delivery", "RedisClient", "Sampling", "HTTPServer", "DemoWorkload",
                logging,
            ]),
    ]
)

for target in package.targets where target.type != .system && !["CMalloc", "CPlatform"].contains(target.name) {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
    ]
}
