import Crypto
import HTTPServer
import Logging
import Settings

extension HTTPPolicy {
    /// What a web configuration makes of the pages; reads the certificate.
    init(_ web: WebConfig, openPaths: Set<String>, logger: Logger) throws(HTTPServerError) {
        self.init()
        users = web.users
        headers = web.headers
        rateLimit = web.rateLimit
        self.openPaths = openPaths
        guard let settings = web.tls else { return }
        do throws(TLSError) {
            tls = try TLSServerIdentity(settings) { news in
                switch news {
                case .renewed: logger.info("the certificate of the pages has been read anew")
                case .refused(let error):
                    logger.error("the new certificate of the pages is of no use, the one before stays: \(error)")
                }
            }
        } catch {
            throw .noCertificate(reason: "\(error)")
        }
    }
}
