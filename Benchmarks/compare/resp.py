"""A connection to Redis, for the benchmarks' own questions."""

import socket


class RefusedError(Exception):
    """An error that Redis answers with."""


class Connection:
    def __init__(self, port, timeout=120):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.replies = self.socket.makefile("rb", 1 << 16)

    def close(self):
        self.replies.close()
        self.socket.close()

    @staticmethod
    def packed(*words):
        parts = [b"*%d\r\n" % len(words)]
        for word in words:
            word = word if isinstance(word, bytes) else str(word).encode()
            parts.append(b"$%d\r\n%s\r\n" % (len(word), word))
        return b"".join(parts)

    def read(self):
        line = self.replies.readline()
        if not line:
            raise ConnectionError("Redis hung up")
        kind, rest = line[:1], line[1:-2]
        if kind == b"+":
            return rest.decode()
        if kind == b"-":
            raise RefusedError(rest.decode())
        if kind == b":":
            return int(rest)
        size = int(rest)
        if size < 0:
            return None
        if kind == b"$":
            return self.replies.read(size + 2)[:-2].decode(errors="replace")
        return [self.read() for _ in range(size)]

    def call(self, *words):
        self.socket.sendall(self.packed(*words))
        return self.read()

    def pipeline(self, commands):
        """All at once; their replies have to fit into the sockets' buffers."""
        self.socket.sendall(b"".join(self.packed(*command) for command in commands))
        return [self.read() for _ in commands]

    def info(self, section):
        lines = self.call("INFO", section).split("\r\n")
        return dict(line.split(":", 1) for line in lines if ":" in line)
