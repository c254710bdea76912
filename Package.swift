// swift-tools-version: 6.2
import Glibc
import PackageDescription

/// A system library's pkg-config file is left out on purpose: libmicrohttpd's carries a flag that SwiftPM refuses,
/// and `link` in the module map is all that is needed.
func system(_ name: String, apt: String) -> Target {
    .systemLibrary(name: name, providers: [.apt([apt])])
}

func swift(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies)
}

func test(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies)
}

/// A megabyte of relocations takes a few kilobytes in the form that glibc reads from 2.36 on, which is Debian 12's.
///
/// An older one would refuse to start the program.
var packedRelocations: [String] {
    var version = [CChar](repeating: 0, count: 64)
    confstr(Int32(_CS_GNU_LIBC_VERSION), &version, version.count)
    // `glibc 2.36`
    let numbers = String(decoding: version.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        .split { $0 == " " || $0 == "." }.compactMap { Int($0) }
    return numbers.lexicographicallyPrecedes([2, 36]) ? [] : ["-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"]
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

// Arrows point downward only: a target may name those above it in this list, never one below.
let package = Package(
    name: "weir",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    ],
    targets: [
        system("CHiredis", apt: "libhiredis-dev"),
        system("CMicroHTTPD", apt: "libmicrohttpd-dev"),
        system("CCurl", apt: "libcurl4-gnutls-dev"),
        system("CGnuTLS", apt: "libgnutls28-dev"),
        system("CCrypt", apt: "libcrypt-dev"),
        system("CYAML", apt: "libyaml-dev"),
        system("CZlib", apt: "zlib1g-dev"),
        .target(name: "CPlatform"),

        swift("StreamModel"),
        swift("Terminal"),
        swift("Platform", ["CPlatform", "StreamModel"]),
        swift("StateFiles", ["Platform", logging]),
        swift("StreamHealth", ["StreamModel"]),
        swift("Exposition", ["StreamModel"]),
        swift("Alerting", ["StreamModel"]),
        swift("Remediation", ["StreamModel"]),
        swift("Crypto", ["CCrypt", "CGnuTLS", "Platform"]),
        swift("RedisClient", ["CHiredis", "CPlatform", "Platform", "Crypto"]),
        swift("Sampling", ["StreamModel", "RedisClient"]),
        swift("Inspection", ["StreamModel", "Terminal", "StreamHealth", "RedisClient", "Sampling"]),
        swift("Rescue", ["StreamModel", "Remediation", "Crypto", "RedisClient", "Sampling"]),
        swift("Delivery", ["CCurl", "Platform", "StreamModel", "Alerting", "Crypto", "StateFiles", logging]),
        swift("HTTPServer", ["CMicroHTTPD", "CZlib", "Crypto", "Platform"]),
        .target(
            name: "StatusPage", dependencies: ["Crypto"],
            resources: [
                "page.html", "page.css", "dom.js", "words.js", "command.js", "api.js", "sparkline.js", "model.js",
                "group.js", "trouble.js", "lately.js", "table.js", "servers.js", "remediation.js", "main.js",
            ].map { .embedInCode("Resources/\($0)") }),
        swift(
            "Settings",
            [
                "CYAML", "Alerting", "Crypto", "Delivery", "HTTPServer", "Platform", "StreamModel", "StreamHealth",
                "Remediation", "RedisClient",
            ]),
        swift(
            "WeirDaemon",
            [
                "CPlatform", "Platform", "StreamModel", "Terminal", "StreamHealth", "Exposition", "Alerting",
                "Remediation", "Crypto", "RedisClient", "Sampling", "Inspection", "Rescue", "StateFiles", "Delivery",
                "HTTPServer", "StatusPage", "Settings",
                logging,
            ]),
        swift("DemoWorkload", ["CPlatform", "RedisClient"]),
        .executableTarget(
            name: "weir",
            dependencies: [
                "CPlatform", "Platform", "StreamModel", "StreamHealth", "Alerting", "Remediation", "Delivery",
                "RedisClient", "Inspection", "Settings", "HTTPServer", "Terminal", "WeirDaemon", "DemoWorkload",
                argumentParser,
                logging,
            ],
            // The static library's own arguments export every symbol, as if somebody could load code into weir: half a
            // megabyte of names. Functions that are the same, of which generics make many, are there once.
            linkerSettings: [
                .unsafeFlags(
                    ["-use-ld=lld", "-Xlinker", "--no-export-dynamic", "-Xlinker", "--icf=safe"] + packedRelocations,
                    .when(configuration: .release))
            ]),

        .target(
            name: "TestSupport",
            dependencies: ["CPlatform", "Platform", "StreamModel", "Crypto", "RedisClient", logging],
            path: "Tests/TestSupport"),
        test("StreamModelTests", ["StreamModel", "TestSupport"]),
        test("TerminalTests", ["Terminal"]),
        test("StreamHealthTests", ["StreamHealth", "StreamModel", "TestSupport"]),
        test("ExpositionTests", ["Exposition", "StreamHealth", "StreamModel", "TestSupport"]),
        test("PlatformTests", ["Platform", "TestSupport"]),
        test("StateFilesTests", ["StateFiles", "Platform", logging, "TestSupport"]),
        test("RedisClientTests", ["RedisClient", "Crypto", "Platform", "TestSupport"]),
        test("SamplingTests", ["Sampling", "StreamModel", "RedisClient", "TestSupport"]),
        test("InspectionTests", ["Inspection", "RedisClient", "StreamModel", "TestSupport"]),
        test("AlertingTests", ["Alerting", "StreamModel", "TestSupport"]),
        test("RemediationTests", ["Remediation", "StreamModel", "TestSupport"]),
        test("CryptoTests", ["Crypto", "Platform", "TestSupport"]),
        test("RescueTests", ["Rescue", "Remediation", "RedisClient", "Platform", "StreamModel", "TestSupport"]),
        test(
            "DeliveryTests",
            ["Delivery", "Alerting", "Crypto", "Platform", "StreamModel", "StateFiles", logging, "TestSupport"]),
        test("HTTPServerTests", ["HTTPServer", "Crypto", "CZlib", "TestSupport"]),
        test(
            "SettingsTests",
            [
                "Settings", "Alerting", "Crypto", "Delivery", "HTTPServer", "Platform", "StreamModel", "StreamHealth",
                "Remediation",
                "RedisClient", "TestSupport",
            ]),
        test(
            "WeirDaemonTests",
            [
                "WeirDaemon", "Platform", "Alerting", "Remediation", "Delivery", "StreamModel", "StateFiles",
                "Exposition", "HTTPServer", "Inspection", "RedisClient", "Settings", "Terminal", logging, "TestSupport",
            ]),
        test(
            "IntegrationTests", ["Platform", "RedisClient", "StreamModel", "StreamHealth", "Sampling", "TestSupport"]),
    ]
)

// Where nothing is done in haste, the program's size counts: a sidecar has 20 MB.
let small: Set = [
    "StreamModel", "Terminal", "Platform", "StateFiles", "Alerting", "Remediation", "Crypto", "Inspection", "Rescue",
    "Delivery", "HTTPServer", "StatusPage", "Settings", "WeirDaemon", "DemoWorkload", "weir",
]

for target in package.targets where target.type != .system {
    if target.name == "CPlatform" { continue }
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
    ]
    if small.contains(target.name) {
        target.swiftSettings?.append(.unsafeFlags(["-Osize"], .when(configuration: .release)))
    }
}
