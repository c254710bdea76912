FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libcrypt-dev libcurl4-gnutls-dev libgnutls28-dev \
        libhiredis-dev libmicrohttpd-dev libyaml-dev zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
# Tests too: SwiftPM refuses a package that lacks the folder of any of its targets.
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --static-swift-stdlib --product weir \
    && install -D -s "$(swift build -c release --show-bin-path)/weir" /out/usr/local/bin/weir
# With the Swift runtime inside, weir needs of its base nothing but the C library: the other libraries come along, each
# with the record of its package, by which scanners find what has a known hole, and with its licence.
RUN set -e; ldd /out/usr/local/bin/weir | awk '$2 == "=>" {print $3}' | while read -r library; do \
        package=$(dpkg-query --search "*/${library##*/}" | sed 's/:.*//;q'); \
        [ "$package" != libc6 ] || continue; \
        install -D -m 644 "$library" "/out/usr/${library#/usr/}"; \
        install -D -m 644 "/usr/share/doc/$package/copyright" "/out/usr/share/doc/$package/copyright"; \
        mkdir -p /out/var/lib/dpkg/status.d; \
        dpkg-query --status "$package" >"/out/var/lib/dpkg/status.d/$package"; \
    done \
    && install -D -m 644 /etc/ssl/certs/ca-certificates.crt /out/etc/ssl/certs/ca-certificates.crt \
    && mkdir /state

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="weir" \
      org.opencontainers.image.description="Measures Redis Streams, their consumer groups and pending entries for Prometheus" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /out /
# A volume that is mounted here, for state_dir, begins as a copy of the folder: weir's own.
COPY --from=build --chown=65532:65532 /state /var/lib/weir
# By default glibc keeps arenas by the number of threads and cores: memory that weir has no use for.
ENV MALLOC_ARENA_MAX=1
# A number, so that Kubernetes can tell that it is not root. Without state_dir weir writes no file.
USER 65532:65532
EXPOSE 10061
STOPSIGNAL SIGTERM
# In JSON form: a probe should not depend on a shell. Only images in Docker's own format keep it, not those in OCI's.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/usr/local/bin/weir", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/weir"]
