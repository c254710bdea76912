/*
 * A TCP proxy on loopback that delays what it carries, and records what its clients say.
 *
 * usage: proxy PORT [ROUND-TRIP-MS [PREFIX PAUSE-MS]]
 *
 * Carries to 127.0.0.1:PORT, and prints the port it listens on itself. ROUND-TRIP-MS is what a round trip takes longer:
 * half of it in each direction; each byte waits for so long, and holds up none behind it. What a client sends goes into
 * PREFIX.CONNECTION.PART, both counted from 0: a new part begins where it had been silent for PAUSE-MS.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <unistd.h>

#define PROGRAM "proxy"
#include "../Common/common.h"

enum { MOST_LINKS = 64, CHUNK = 1 << 16, MOST_WAITING = 64 << 20 };

struct chunk {
    struct chunk *next;
    long long due;
    size_t start, end;
    char bytes[CHUNK];
};

/* One direction: what was read from one side and is not yet written to the other. */
struct way {
    struct chunk *first, *last;
    size_t waiting;
    bool is_read_to_end, is_ended;
};

struct link {
    int ends[2]; /* The client and the server. */
    struct way ways[2]; /* From each of the ends to the other one. */
    long long last_said;
    int number, part, record;
};

static struct link links[MOST_LINKS];
static int link_count, connection_count;
static struct chunk *spare;
static long long delay;
static const char *prefix;
static long long pause_after;

static struct chunk *new_chunk(void) {
    struct chunk *chunk = spare;
    if (chunk != NULL) spare = chunk->next;
    else if ((chunk = malloc(sizeof *chunk)) == NULL) fail("no memory");
    chunk->next = NULL;
    chunk->start = chunk->end = 0;
    return chunk;
}

static void drop_chunk(struct chunk *chunk) {
    chunk->next = spare;
    spare = chunk;
}

static struct sockaddr_in loopback(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static int listener(void) {
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (bind(descriptor, (struct sockaddr *)&address, size) != 0 || listen(descriptor, 16) != 0) {
        fail("cannot listen: %s", strerror(errno));
    }
    getsockname(descriptor, (struct sockaddr *)&address, &size);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return descriptor;
}

static void prepare(int descriptor) {
    int yes = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
}

static void take_in(int waiting, int port) {
    int client = accept4(waiting, NULL, NULL, SOCK_CLOEXEC);
    if (client < 0) return;
    int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = loopback(port);
    if (link_count == MOST_LINKS || connect(server, (struct sockaddr *)&address, sizeof address) != 0) {
        close(client);
        close(server);
        return;
    }
    prepare(client);
    prepare(server);
    links[link_count++] = (struct link){
        .ends = {client, server}, .number = connection_count++, .part = -1, .record = -1};
}

static void record(struct link *link, const char *bytes, size_t size, long long now) {
    if (prefix == NULL) return;
    if (link->record < 0 || now - link->last_said > pause_after) {
        if (link->record >= 0) close(link->record);
        char path[4096];
        snprintf(path, sizeof path, "%s.%d.%d", prefix, link->number, ++link->part);
        link->record = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (link->record < 0) fail("%s: %s", path, strerror(errno));
    }
    link->last_said = now;
    if (write(link->record, bytes, size) != (ssize_t)size) fail("what is said cannot be recorded");
}

/* Whether the connection still lives. */
static bool read_from(struct link *link, int end) {
    struct way *way = &link->ways[end];
    for (;;) {
        struct chunk *chunk = new_chunk();
        ssize_t count = recv(link->ends[end], chunk->bytes, CHUNK, 0);
        if (count <= 0) {
            drop_chunk(chunk);
            if (count == 0) way->is_read_to_end = true;
            return count == 0 || errno == EAGAIN || errno == EINTR;
        }
        long long now = nanoseconds(CLOCK_MONOTONIC);
        chunk->end = (size_t)count;
        chunk->due = now + delay;
        if (end == 0) record(link, chunk->bytes, chunk->end, now);
        if (way->last != NULL) way->last->next = chunk;
        else way->first = chunk;
        way->last = chunk;
        way->waiting += chunk->end;
        if (count < CHUNK || way->waiting >= MOST_WAITING) return true;
    }
}

static bool write_from(struct link *link, int end, long long now) {
    struct way *way = &link->ways[end];
    int to = link->ends[!end];
    while (way->first != NULL && way->first->due <= now) {
        struct chunk *chunk = way->first;
        ssize_t count = send(to, chunk->bytes + chunk->start, chunk->end - chunk->start, MSG_NOSIGNAL);
        if (count < 0) return errno == EAGAIN || errno == EINTR;
        chunk->start += (size_t)count;
        way->waiting -= (size_t)count;
        if (chunk->start < chunk->end) return true;
        way->first = chunk->next;
        if (way->first == NULL) way->last = NULL;
        drop_chunk(chunk);
    }
    if (way->is_read_to_end && way->first == NULL && !way->is_ended) {
        shutdown(to, SHUT_WR);
        way->is_ended = true;
    }
    return true;
}

static void end_link(int index) {
    struct link *link = &links[index];
    for (int end = 0; end < 2; end++) {
        close(link->ends[end]);
        while (link->ways[end].first != NULL) {
            struct chunk *chunk = link->ways[end].first;
            link->ways[end].first = chunk->next;
            drop_chunk(chunk);
        }
    }
    if (link->record >= 0) close(link->record);
    *link = links[--link_count];
}

/* What to wait for, and the time at which the next chunk is due; negative where none waits for its time. */
static long long watch(struct pollfd *watched, long long now) {
    long long next = -1;
    for (int index = 0; index < link_count; index++) {
        for (int end = 0; end < 2; end++) {
            struct way *out = &links[index].ways[!end], *in = &links[index].ways[end];
            short events = 0;
            if (!in->is_read_to_end && in->waiting < MOST_WAITING) events |= POLLIN;
            if (out->first != NULL && out->first->due <= now) events |= POLLOUT;
            else if (out->first != NULL && (next < 0 || out->first->due < next)) next = out->first->due;
            watched[2 * index + end] = (struct pollfd){.fd = events ? links[index].ends[end] : -1, .events = events};
        }
    }
    return next;
}

static bool carry(struct link *link, const struct pollfd *watched) {
    for (int end = 0; end < 2; end++) {
        if (watched[end].revents & (POLLERR | POLLNVAL)) return false;
        if (watched[end].revents & (POLLIN | POLLHUP) && !link->ways[end].is_read_to_end && !read_from(link, end)) {
            return false;
        }
    }
    long long now = nanoseconds(CLOCK_MONOTONIC);
    if (!write_from(link, 0, now) || !write_from(link, 1, now)) return false;
    return !(link->ways[0].is_ended && link->ways[1].is_ended);
}

int main(int count, char **arguments) {
    if (count != 2 && count != 3 && count != 5) {
        fputs("usage: proxy PORT [ROUND-TRIP-MS [PREFIX PAUSE-MS]]\n", stderr);
        return 64;
    }
    int port = atoi(arguments[1]);
    if (count > 2) delay = (long long)(atof(arguments[2]) * 1e6 / 2);
    if (count > 4) {
        prefix = arguments[3];
        pause_after = (long long)(atof(arguments[4]) * 1e6);
    }
    signal(SIGPIPE, SIG_IGN);
    /* Waits are rounded up by 50 us otherwise. */
    prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
    int waiting = listener();
    for (;;) {
        struct pollfd watched[2 * MOST_LINKS + 1];
        long long now = nanoseconds(CLOCK_MONOTONIC), next = watch(watched, now);
        watched[2 * link_count] = (struct pollfd){.fd = waiting, .events = POLLIN};
        struct timespec wait = {.tv_sec = (next - now) / 1000000000, .tv_nsec = (next - now) % 1000000000};
        int old_count = link_count;
        if (ppoll(watched, (nfds_t)(2 * old_count + 1), next < 0 ? NULL : &wait, NULL) < 0 && errno != EINTR) {
            fail("poll: %s", strerror(errno));
        }
        if (watched[2 * old_count].revents) take_in(waiting, port);
        /* Backwards: the last link takes the place of one that has ended. */
        for (int index = old_count - 1; index >= 0; index--) {
            if (!carry(&links[index], &watched[2 * index])) end_link(index);
        }
    }
}
