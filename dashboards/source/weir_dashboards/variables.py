"""The variables of the dashboards. Each lists what there is under those before it."""

from enum import Enum

from grafana_foundation_sdk.builders import dashboard as builders
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.models import dashboard

from .panel import DATASOURCE
from .promql import MANY_STREAMS, ONE_STREAM, of_target, of_weir


class About(Enum):
    """How many streams a dashboard is about."""

    NO_STREAM = 0
    ONE_STREAM = 1
    MANY_STREAMS = 2


def variables(about: About) -> list[Builder[dashboard.VariableModel]]:
    # redis_up is there also of a target that was never polled with success.
    found: list[Builder[dashboard.VariableModel]] = [
        builders.DatasourceVariable("datasource").label("Data Source").type("prometheus"),
        _many("job", "weir_build_info"),
        _many("instance", 'weir_build_info{job=~"$job"}'),
        _many("target", of_weir("redis_up", 'target!=""')),
    ]
    if about is About.ONE_STREAM:
        found.append(_one("stream", of_target("redis_stream_sample_success")))
        found.append(_many("group", ONE_STREAM.stream("redis_stream_group_consumers")))
    elif about is About.MANY_STREAMS:
        found.append(_many("stream", of_target("redis_stream_sample_success")))
        found.append(_many("group", MANY_STREAMS.stream("redis_stream_group_consumers")))
    return found


def _one(name: str, selector: str) -> builders.QueryVariable:
    return (
        builders.QueryVariable(name)
        .label(name)
        .datasource(DATASOURCE)
        # 1 is a query for the values of a label, as Grafana itself writes it.
        .query(
            {
                "qryType": 1,
                "query": f"label_values({selector}, {name})",
                "refId": "PrometheusVariableQueryEditor-VariableQuery",
            }
        )
        .refresh(dashboard.VariableRefresh.ON_TIME_RANGE_CHANGED)
        .sort(dashboard.VariableSort.ALPHABETICAL_ASC)
    )


def _many(name: str, selector: str) -> builders.QueryVariable:
    everything = dashboard.VariableOption(selected=True, text=["All"], value=["$__all"])
    return _one(name, selector).multi(True).include_all(True).all_value(".+").current(everything)
