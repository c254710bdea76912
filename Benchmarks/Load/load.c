/*
 * A producer at full speed: each connection sends one XADD, awaits its answer, and sends the next.
 *
 * usage: load PORT SECONDS CONNECTIONS STREAMS LENGTH PAYLOAD
 *
 * The entries go to stream:0 to stream:STREAMS-1 in an order that looks random and is the same each time, of PAYLOAD
 * bytes, trimmed to about LENGTH. One line: XADDs per second, and the 50th, 99th and 99.9th percentile of their
 * latency in microseconds.
 */
#define _GNU_SOURCE
#include <poll.h>
#include <stdint.h>
#include <unistd.h>

#define PROGRAM "load"
#include "../Common/common.h"

enum { MOST_CONNECTIONS = 256, MOST_PAYLOAD = 1 << 16 };

struct producer {
    int descriptor;
    long long sent_at;
};

static char payload[MOST_PAYLOAD + 1];
static uint32_t *latencies;
static size_t latency_count, latency_room;
static uint64_t state = 88172645463325252ULL;

/* xorshift64: cheap enough to cost the producer nothing. */
static uint64_t next_number(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void produce(struct producer *producer, unsigned streams, unsigned length, int size) {
    static char command[MOST_PAYLOAD + 256];
    char key[32], most[16];
    int key_size = snprintf(key, sizeof key, "stream:%u", (unsigned)(next_number() % streams));
    int most_size = snprintf(most, sizeof most, "%u", length);
    int written = snprintf(
        command, sizeof command,
        "*8\r\n$4\r\nXADD\r\n$%d\r\n%s\r\n$6\r\nMAXLEN\r\n$1\r\n~\r\n$%d\r\n%s\r\n$1\r\n*\r\n$5\r\nfield\r\n$%d\r\n%s\r\n",
        key_size, key, most_size, most, size, payload);
    producer->sent_at = nanoseconds(CLOCK_MONOTONIC);
    if (send(producer->descriptor, command, (size_t)written, MSG_NOSIGNAL) != written) fail("send: %s", strerror(errno));
}

/* The answer is an ID, or an error, in one line. */
static void await(struct producer *producer) {
    char answer[256];
    ssize_t count = recv(producer->descriptor, answer, sizeof answer, 0);
    if (count <= 0) fail("the server hung up");
    if (answer[0] != '$' || answer[count - 1] != '\n') fail("XADD: %.*s", (int)count, answer);
    long long taken = nanoseconds(CLOCK_MONOTONIC) - producer->sent_at;
    if (latency_count == latency_room) {
        latency_room = latency_room ? 2 * latency_room : 1 << 20;
        latencies = realloc(latencies, latency_room * sizeof *latencies);
        if (latencies == NULL) fail("no memory");
    }
    latencies[latency_count++] = taken > UINT32_MAX ? UINT32_MAX : (uint32_t)taken;
}

static int ascending(const void *one, const void *other) {
    uint32_t left = *(const uint32_t *)one, right = *(const uint32_t *)other;
    return (left > right) - (left < right);
}

static double percentile(double share) {
    return latencies[(size_t)(share * (double)(latency_count - 1))] / 1e3;
}

int main(int count, char **arguments) {
    if (count != 7) {
        fputs("usage: load PORT SECONDS CONNECTIONS STREAMS LENGTH PAYLOAD\n", stderr);
        return 64;
    }
    int port = atoi(arguments[1]), connections = atoi(arguments[3]), size = atoi(arguments[6]);
    unsigned streams = (unsigned)atoi(arguments[4]), length = (unsigned)atoi(arguments[5]);
    if (connections < 1 || connections > MOST_CONNECTIONS || streams == 0 || size < 0 || size > MOST_PAYLOAD) {
        fail("there are 1 to %d connections, and 0 to %d bytes in an entry", MOST_CONNECTIONS, MOST_PAYLOAD);
    }
    memset(payload, 'x', (size_t)size);

    struct producer producers[MOST_CONNECTIONS];
    struct pollfd watched[MOST_CONNECTIONS];
    long long start = nanoseconds(CLOCK_MONOTONIC), end = start + (long long)(atof(arguments[2]) * 1e9);
    for (int index = 0; index < connections; index++) {
        producers[index].descriptor = connected(port);
        watched[index] = (struct pollfd){.fd = producers[index].descriptor, .events = POLLIN};
        produce(&producers[index], streams, length, size);
    }
    while (nanoseconds(CLOCK_MONOTONIC) < end) {
        /* A single producer waits in recv itself. */
        if (connections > 1 && poll(watched, (nfds_t)connections, 10000) <= 0) fail("no answer for 10 s");
        for (int index = 0; index < connections; index++) {
            if (connections > 1 && !watched[index].revents) continue;
            await(&producers[index]);
            produce(&producers[index], streams, length, size);
        }
    }
    double seconds = (double)(nanoseconds(CLOCK_MONOTONIC) - start) / 1e9;
    qsort(latencies, latency_count, sizeof *latencies, ascending);
    printf("%.1f %.1f %.1f %.1f\n", (double)latency_count / seconds, percentile(0.5), percentile(0.99), percentile(0.999));
    return 0;
}
