FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends libcurl4-gnutls-dev libgnutls28-dev libhiredis-dev libmicrohttpd-dev libyaml-dev zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
# Tests too: SwiftPM refuses a package that lacks the folder of any of its targets.
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
# With the Swift runtime inside, the final image needs the C libraries alone.
RUN swift build -c release --static-swift-stdlib --product weir \
    && install -D -s "$(swift build -c release --show-bin-path)/weir" /out/weir \
    && mkdir /out/state

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="weir" \
      org.opencontainers.image.description="Measures Redis Streams, their consumer groups and pending entries for Prometheus" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libcurl3-gnutls libgnutls30 libhiredis0.14 libmicrohttpd12 libstdc++6 libyaml-0-2 zlib1g \
    && rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log
COPY --from=build /out/weir /usr/local/bin/weir
# A volume that is mounted here, for state_dir, begins as a copy of the folder: weir's own.
COPY --from=build --chown=65532:65532 /out/state /var/lib/weir
# By default glibc keeps arenas by the number of threads and cores: memory that weir has no use for.
ENV MALLOC_ARENA_MAX=1
# A number, so that Kubernetes can tell that it is not root. Without state_dir weir writes no file.
USER 65532:65532
EXPOSE 10061
STOPSIGNAL SIGTERM
# In JSON form: a probe should not depend on a shell. Only images in Docker's own format keep it, not those in OCI's.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/usr/local/bin/weir", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/weir"]
