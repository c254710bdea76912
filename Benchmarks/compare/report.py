"""Tables for docs/performance.md, and the limits that have to hold."""

from statistics import median


def number(value):
    """Three digits that count, and no more of them than that where there are decimals."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return f"{value:,}"
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    digits = 2 if abs(value) < 1 else 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f}"


def ratio(one, other):
    if one is None or not other:
        return ""
    return number(one / other)


def middle(values):
    return median(values) if values else None


def milliseconds(values):
    return None if not values else median(values) * 1000


def megabytes(size):
    return None if size is None else size / 1e6


def line(cells):
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells)


def table(header, rows):
    print()
    print(line(header))
    print("|" + "---|" * len(header))
    for row in rows:
        print(line(number(cell) for cell in row))
    print(flush=True)


def heading(text):
    print(f"\n### {text}\n", flush=True)


def say(text):
    print(text, flush=True)


class Limits:
    def __init__(self):
        self.broken = []

    def check(self, what, value, most):
        """value may be as large as most."""
        self.hold(f"{what}: {number(value)}, at most {number(most)}", value <= most)

    def reach(self, what, value, least):
        self.hold(f"{what}: {number(value)}, at least {number(least)}", value >= least)

    def hold(self, what, does_hold):
        print(f"- {'holds' if does_hold else 'DOES NOT HOLD'}: {what}", flush=True)
        if not does_hold:
            self.broken.append(what)

    def slow_commands(self, *slow):
        """None of weir's may be among what SLOWLOG has; what it has of others tells of the machine."""
        mine = [command for names in slow for command in names.get("weir", [])]
        others = sum(len(commands) for names in slow for commands in names.values()) - len(mine)
        self.hold(f"commands of weir's over 1 ms in SLOWLOG: {len(mine)} (of others: {others})", not mine)
        for taken, command in sorted(mine, reverse=True)[:5]:
            print(f"  - {taken:.1f} ms: {command[:80]}", flush=True)
