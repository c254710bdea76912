"""Asks a Prometheus all that the dashboards ask: PROMETHEUS DASHBOARD...

Waits until every query has an answer, and fails for one that is invalid, or has none in time, or whose answer lacks
what the panel shows of it.
"""

import json
import math
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from allowed import ALLOWED
from asked import Question, questions

_PATIENCE = 75.0
_RANGE = 30.0
_STEP = 5.0


class Prometheus:
    """The HTTP API of a Prometheus."""

    def __init__(self, address: str) -> None:
        self.address = address

    def get(self, path: str, **parameters: object) -> Any:
        """Its answer, or a ValueError with what it says is wrong."""
        url = f"{self.address}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(url, timeout=10) as response:
                return json.load(response)["data"]
        except urllib.error.HTTPError as error:
            raise ValueError(json.load(error)["error"]) from error

    def values_of_label(self, label: str, selector: str) -> list[str]:
        """The values of a label among the series of a selector."""
        values: list[str] = self.get(f"label/{label}/values", **{"match[]": selector, "start": time.time() - _RANGE})
        return values

    def series(self, expr: str, instant: bool) -> list[dict[str, str]]:
        """The labels of the series that an expression gives, of those that have a number at some time."""
        if instant:
            found = self.get("query", query=expr)["result"]
            numbers = [[series["value"][1]] for series in found]
        else:
            now = time.time()
            found = self.get("query_range", query=expr, start=now - _RANGE, end=now, step=_STEP)["result"]
            numbers = [[value for _, value in series["values"]] for series in found]
        return [
            series["metric"]
            for series, values in zip(found, numbers, strict=True)
            if not all(math.isnan(float(value)) for value in values)
        ]


def missing(question: Question, prometheus: Prometheus, streams: list[str]) -> str | None:
    """What the answer lacks, if anything."""
    chosen = streams if question.is_about_one_stream else [""]
    lacks: str | None = "is empty"
    # What is about one stream has to have something to show for one of them.
    for stream in chosen:
        expr = question.expr.replace("$stream", stream)
        if question.label:
            if prometheus.values_of_label(question.label, expr):
                return None
            continue
        found = prometheus.series(expr, question.instant)
        if found:
            lacks = _not_shown(question, found)
            if lacks:
                return lacks
    return lacks


def _not_shown(question: Question, found: list[dict[str, str]]) -> str | None:
    for series in found:
        unknown = set(re.findall(r"{{(\w+)}}", question.legend)) - series.keys()
        if unknown:
            return f"has no label {', '.join(sorted(unknown))} for its legend"
        if question.columns and series.keys() - question.columns:
            return f"has labels without a column: {', '.join(sorted(series.keys() - question.columns))}"
    names = {_name(question.legend, series) for series in found}
    if question.legend and len(names) < len(found):
        return "has several series of one name"
    return None


def _name(legend: str, series: dict[str, str]) -> str:
    return re.sub(r"{{(\w+)}}", lambda label: series[label[1]], legend)


def main() -> int:
    prometheus = Prometheus(sys.argv[1])
    asked = [question for file in sys.argv[2:] for question in questions(Path(file))]
    keys = {(question.dashboard, question.asker, question.name) for question in asked}
    for key in ALLOWED.keys() - keys:
        print(f"no panel asks what may be empty: {', '.join(key)}", file=sys.stderr)
        return 1

    deadline = time.monotonic() + _PATIENCE
    waiting = asked
    while True:
        streams = prometheus.values_of_label("stream", "redis_stream_length")
        lacking: dict[Question, str] = {}
        for question in waiting:
            try:
                lack = missing(question, prometheus, streams)
            except ValueError as error:
                print(f"{question} is invalid: {error}\n  {question.expr}", file=sys.stderr)
                return 1
            if lack:
                lacking[question] = lack
        waiting = list(lacking)
        overdue = [q for q in waiting if (q.dashboard, q.asker, q.name) not in ALLOWED]
        if not overdue:
            break
        if time.monotonic() > deadline:
            for question in overdue:
                print(f"{question} {lacking[question]}\n  {question.expr}", file=sys.stderr)
            return 1
        time.sleep(1)
    print(f"{len(asked)} queries, all valid; {len(asked) - len(waiting)} have an answer, and these need not:")
    for question in waiting:
        print(f"  {question}: {ALLOWED[question.dashboard, question.asker, question.name]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
