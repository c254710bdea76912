"""What is wrong with a dashboard that would not show before somebody imports it, or looks at it at night."""

import json
import re
from collections import Counter
from typing import Any

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard

from .lint_queries import query_complaints

_DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
_COLUMNS = 24
_WITH_LEGEND = {"timeseries", "state-timeline", "bargauge"}


def complaints(text: str, families: set[str]) -> list[str]:
    """Everything that is wrong with a dashboard's JSON, in words."""
    read = json.loads(text)
    found = _of_the_whole(read)
    if json.loads(json.dumps(Dashboard.from_json(read), cls=JSONEncoder)) != read:
        found.append("is another dashboard when it is read back")
    panels = read["panels"]
    found += _of_places(panels)
    found += [f"the id {number} is there twice" for number in _repeated([panel["id"] for panel in panels])]
    titles = [panel["title"] for panel in panels if panel["type"] != "row"]
    found += [f"{title}: another panel has this title" for title in _repeated(titles)]
    for panel in panels:
        if panel["type"] != "row":
            found += [f"{panel['title']}: {complaint}" for complaint in _of_panel(panel, families)]
    return found


def _repeated(values: list[Any]) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]


def _of_the_whole(read: dict[str, Any]) -> list[str]:
    found = [f"has no {key}" for key in ("uid", "title", "description", "tags", "time", "refresh") if not read.get(key)]
    if read.get("editable") is not False:
        found.append("may be edited where it was imported: changes belong in the source")
    if read.get("id") is not None:
        found.append("has an id, which is the database's to give")
    others = {f"weir-{name}" for name in ("overview", "stream", "operations")} - {read["uid"]}
    linked = {link["url"].removeprefix("/d/").partition("?")[0] for link in read.get("links", [])}
    found += [f"does not link to {other}" for other in sorted(others - linked)]
    variables = read["templating"]["list"]
    if [variable["name"] for variable in variables][:4] != ["datasource", "job", "instance", "target"]:
        found.append("does not begin with the variables datasource, job, instance, target")
    for variable in variables[1:]:
        if variable.get("datasource") != _DATASOURCE:
            found.append(f"variable {variable['name']} does not ask $datasource")
        found += [f"variable {variable['name']}: {c}" for c in query_complaints(variable["query"]["query"], None)]
    used = set(re.findall(r"\$\{?([a-z]+)", json.dumps(read["panels"])))
    found += [f"variable {v['name']} is not used" for v in variables if v["name"] not in used]
    return found


def _of_places(panels: list[dict[str, Any]]) -> list[str]:
    taken: set[tuple[int, int]] = set()
    found = []
    for panel in panels:
        place = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        if place["w"] == 0 or place["h"] == 0 or place["x"] + place["w"] > _COLUMNS or cells & taken:
            found.append(f"{panel['title']} does not fit where it is")
        taken |= cells
    return found


def _of_panel(panel: dict[str, Any], families: set[str]) -> list[str]:
    defaults = panel["fieldConfig"]["defaults"]
    found = []
    if not panel["title"]:
        found.append("has no title")
    if not panel.get("description", "").endswith("."):
        found.append("has no description that is a sentence")
    if not defaults.get("unit"):
        found.append("has no unit")
    if panel.get("datasource") != _DATASOURCE:
        found.append("does not ask $datasource")
    steps = defaults.get("thresholds", {}).get("steps", [])
    if not steps or steps[0]["value"] is not None or any(step["value"] is None for step in steps[1:]):
        found.append("has no thresholds that begin with a colour for all")
    if panel["type"] == "state-timeline" and not defaults.get("mappings"):
        found.append("shows states without their names")
    if panel["type"] == "timeseries" and not panel["options"]["legend"]["showLegend"]:
        found.append("hides its legend")
    targets = panel.get("targets", [])
    if not targets or len({target["refId"] for target in targets}) != len(targets):
        found.append("has no queries, or several of one name")
    for target in targets:
        if target.get("datasource") != _DATASOURCE:
            found.append(f"query {target['refId']} does not ask $datasource")
        if not target.get("legendFormat") and panel["type"] in _WITH_LEGEND | ({"stat"} if len(targets) > 1 else set()):
            found.append(f"query {target['refId']} has no legend")
        found += [f"query {target['refId']}: {c}" for c in query_complaints(target["expr"], families)]
    return found
