"""What is wrong with a query, as far as its text shows it."""

import re

_SELECTOR = re.compile(r"\b((?:redis|weir|process)_\w+|up)\b(\{[^}]*\})?")
_WINDOW = re.compile(r"(\w+)\((?:[^()\[\]]*)\[([^\]]*)\]")
_WINDOWS = {
    "rate": {"$__rate_interval"},
    "increase": {"$__rate_interval", "1h"},
    "last_over_time": {"$__range", "1d"},
}
_FAMILY_SUFFIX = re.compile(r"_(bucket|sum|count)$")


def documented_families(page: str) -> set[str]:
    """The families that a page of the documentation names."""
    return set(re.findall(r"`((?:redis|weir|process)_[a-z_]+)`", page))


def query_complaints(query: str, families: set[str] | None) -> list[str]:
    """What is wrong with a query. Without families: it asks for the values of a variable."""
    found = []
    for function, window in _WINDOW.findall(query):
        if window not in _WINDOWS.get(function, set()):
            found.append(f"{function}() over {window}")
    if query.count("[") != len(_WINDOW.findall(query)):
        found.append("a window that is not a function's of a plain selector")
    for family, matchers in _SELECTOR.findall(query):
        if families is None:
            continue
        if 'job=~"$job"' not in matchers or 'instance=~"$instance"' not in matchers:
            found.append(f"{family} is not narrowed to $job and $instance")
        if family.startswith("redis_") and 'target=~"$target"' not in matchers:
            found.append(f"{family} is not narrowed to $target: redis_exporter may have it too")
        if family != "up" and family not in families and _FAMILY_SUFFIX.sub("", family) not in families:
            found.append(f"{family} is no family that the documentation names")
        if family.endswith("_total") and not re.search(rf"(rate|increase)\({family}\{{", query):
            found.append(f"{family} is a counter, and asked for without its growth")
    return found
