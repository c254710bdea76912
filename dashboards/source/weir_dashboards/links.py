"""The ways between the dashboards."""

from grafana_foundation_sdk.builders import dashboard as builders
from grafana_foundation_sdk.models import dashboard

OVERVIEW = "weir-overview"
STREAM = "weir-stream"
OPERATIONS = "weir-operations"

RUNBOOK = "https://github.com/weir-project/weir/blob/main/docs/runbooks/${__value.raw}.md"

# The variables that all dashboards have go along; the others are picked by what is clicked on.
_WEIR = "${datasource:queryparam}&${job:queryparam}&${instance:queryparam}"


def to_dashboard(uid: str, title: str) -> dashboard.DashboardLink:
    """A link at the top of a dashboard."""
    return (
        builders.DashboardLink(title)
        .type(dashboard.DashboardLinkType.LINK)
        .icon("dashboard")
        .tooltip(f"{title}, with the same weirs, targets and time")
        .url(f"/d/{uid}?{_WEIR}&${{target:queryparam}}")
        .keep_time(True)
        .build()
    )


def _stream(target: str, stream: str, group: str | None) -> str:
    chosen = f"&var-target=${{{target}:percentencode}}&var-stream=${{{stream}:percentencode}}"
    if group:
        chosen += f"&var-group=${{{group}:percentencode}}"
    return f"/d/{STREAM}?{_WEIR}{chosen}&${{__url_time_range}}"


# From a row of a table, whose columns have these names; from a series, by its labels.
STREAM_OF_ROW = _stream("__data.fields.Target", "__data.fields.Stream", None)
GROUP_OF_ROW = _stream("__data.fields.Target", "__data.fields.Stream", "__data.fields.Group")


def _of_series(group: str | None) -> dashboard.DashboardLink:
    url = _stream("__field.labels.target", "__field.labels.stream", group)
    return builders.DashboardLink("Look at the stream").type(dashboard.DashboardLinkType.LINK).url(url).build()


STREAM_OF_SERIES = _of_series(None)
GROUP_OF_SERIES = _of_series("__field.labels.group")
