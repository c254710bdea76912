"""What the panels and the variables of a dashboard ask Prometheus."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# What Grafana would put there, for a Prometheus that scrapes every second and a dashboard of the last half minute.
_VARIABLES = {
    "$__rate_interval": "5s",
    "$__range": "30s",
    "$job": ".+",
    "$instance": ".+",
    "$target": ".+",
    "$group": ".+",
    '=~"$stream"': '=~".+"',
}


@dataclass(frozen=True)
class Question:
    """One query. The labels are those that a legend or a table shows, which the answer must have."""

    dashboard: str
    asker: str
    name: str
    expr: str
    instant: bool = True
    legend: str = ""
    columns: frozenset[str] = frozenset()
    # Of a variable: the label whose values are asked for.
    label: str = ""

    def __str__(self) -> str:
        return f"{self.dashboard}: {self.asker}, {self.name}"

    @property
    def is_about_one_stream(self) -> bool:
        return "$stream" in self.expr


def questions(file: Path) -> list[Question]:
    """All that a dashboard asks."""
    read = json.loads(file.read_text())
    found = [
        _of_variable(file.stem, variable) for variable in read["templating"]["list"] if variable["type"] == "query"
    ]
    for panel in read["panels"]:
        found += [_of_panel(file.stem, panel, target) for target in panel.get("targets", [])]
    return found


def _replaced(expr: str) -> str:
    for name, value in _VARIABLES.items():
        expr = expr.replace(name, value)
    return expr


def _of_variable(dashboard: str, variable: dict[str, Any]) -> Question:
    asked = re.fullmatch(r"label_values\((.*), (\w+)\)", variable["query"]["query"])
    if asked is None:
        raise ValueError(f"{dashboard}: variable {variable['name']} does not ask for the values of a label")
    return Question(dashboard, "variable", variable["name"], _replaced(asked[1]), label=asked[2])


def _of_panel(dashboard: str, panel: dict[str, Any], target: dict[str, Any]) -> Question:
    columns: set[str] = set()
    for step in panel.get("transformations", []):
        if step["id"] == "organize":
            columns = {name for name in step["options"]["indexByName"] if not name.startswith("Value")}
    return Question(
        dashboard,
        panel["title"],
        target["refId"],
        _replaced(target["expr"]),
        instant=bool(target.get("instant")),
        legend=target.get("legendFormat", ""),
        columns=frozenset(columns),
    )
