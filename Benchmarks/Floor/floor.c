/*
 * The floor: sends recorded commands to a Redis as fast as it takes them, and drops the replies. What a sampler needs
 * beyond this time is its own.
 *
 * usage: floor PORT FILE ROUNDS
 *
 * FILE holds commands as they go over the wire. For each round a line: wall time and own CPU in ms, bytes sent and
 * received, replies. The connection is made before the first round, as a sampler keeps its own.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <hiredis/read.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROGRAM "floor"
#include "../Common/common.h"

static char received[1 << 18];

static double milliseconds(clockid_t clock) { return (double)nanoseconds(clock) / 1e6; }

static char *contents(const char *path, size_t *size) {
    int file = open(path, O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) fail("%s: %s", path, strerror(errno));
    *size = (size_t)status.st_size;
    char *bytes = malloc(*size + 1);
    if (bytes == NULL) fail("no memory");
    for (size_t have = 0; have < *size;) {
        ssize_t count = read(file, bytes + have, *size - have);
        if (count <= 0) fail("%s cannot be read", path);
        have += (size_t)count;
    }
    close(file);
    return bytes;
}

/* The number between a sign and the end of its line, with which commands and their arguments begin. */
static size_t number(const char **at, const char *end, char sign) {
    const char *line = *at;
    if (line >= end || *line != sign) fail("what was recorded is not a sequence of commands");
    size_t value = 0;
    for (line++; line < end && *line >= '0' && *line <= '9'; line++) value = value * 10 + (size_t)(*line - '0');
    if (end - line < 2 || line[0] != '\r' || line[1] != '\n') fail("a recorded command is cut short");
    *at = line + 2;
    return value;
}

static size_t commands(const char *bytes, size_t size) {
    size_t count = 0;
    for (const char *at = bytes, *end = bytes + size; at < end; count++) {
        for (size_t left = number(&at, end, '*'); left > 0; left--) {
            size_t length = number(&at, end, '$');
            if ((size_t)(end - at) < length + 2) fail("a recorded command is cut short");
            at += length + 2;
        }
    }
    return count;
}

/* Without functions that make objects the reader takes replies apart and keeps nothing. */
static redisReader *bare_reader(void) {
    redisReader *reader = redisReaderCreateWithFunctions(NULL);
    if (reader == NULL) fail("no memory");
    /* Otherwise the reader gives its buffer back whenever it is empty. */
    reader->maxbuf = 0;
    return reader;
}

static size_t replies(redisReader *reader) {
    size_t count = 0;
    for (;;) {
        void *reply = NULL;
        if (redisReaderGetReply(reader, &reply) != REDIS_OK) fail("%s", reader->errstr);
        if (reply == NULL) return count;
        count++;
    }
}

static void round_trip(int descriptor, redisReader *reader, const char *bytes, size_t size, size_t expected) {
    double wall = milliseconds(CLOCK_MONOTONIC), own = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
    size_t sent = 0, got = 0, answered = 0;
    while (answered < expected) {
        struct pollfd watched = {.fd = descriptor, .events = POLLIN};
        if (sent < size) watched.events |= POLLOUT;
        if (poll(&watched, 1, 10000) <= 0) fail("no answer for 10 s");
        if (watched.revents & POLLOUT) {
            ssize_t count = send(descriptor, bytes + sent, size - sent, MSG_NOSIGNAL);
            if (count > 0) sent += (size_t)count;
            else if (errno != EAGAIN && errno != EINTR) fail("send: %s", strerror(errno));
        }
        if (watched.revents & (POLLIN | POLLHUP | POLLERR)) {
            ssize_t count = recv(descriptor, received, sizeof received, 0);
            if (count == 0) fail("the server hung up");
            if (count > 0) {
                got += (size_t)count;
                if (redisReaderFeed(reader, received, (size_t)count) != REDIS_OK) fail("%s", reader->errstr);
                answered += replies(reader);
            } else if (errno != EAGAIN && errno != EINTR) {
                fail("recv: %s", strerror(errno));
            }
        }
    }
    wall = milliseconds(CLOCK_MONOTONIC) - wall;
    own = milliseconds(CLOCK_PROCESS_CPUTIME_ID) - own;
    printf("%.3f %.3f %zu %zu %zu\n", wall, own, sent, got, answered);
}

int main(int count, char **arguments) {
    if (count != 4) {
        fputs("usage: floor PORT FILE ROUNDS\n", stderr);
        return 64;
    }
    size_t size = 0;
    char *bytes = contents(arguments[2], &size);
    size_t expected = commands(bytes, size);
    int descriptor = connected(atoi(arguments[1]));
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
    redisReader *reader = bare_reader();
    for (int rounds = atoi(arguments[3]); rounds > 0; rounds--) {
        round_trip(descriptor, reader, bytes, size, expected);
    }
    redisReaderFree(reader);
    close(descriptor);
    free(bytes);
    return 0;
}
