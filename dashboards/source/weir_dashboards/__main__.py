"""Writes the dashboards, or says what of those on disk is not what the source makes: [--check] FOLDER."""

import argparse
import json
import sys
from pathlib import Path

from grafana_foundation_sdk.cog.encoder import JSONEncoder

from .lint import complaints
from .lint_queries import documented_families
from .operations import operations
from .overview import overview
from .stream import stream


def main() -> int:
    arguments = argparse.ArgumentParser(prog="dashboards", description=__doc__)
    arguments.add_argument("--check", action="store_true", help="change nothing, and fail on a difference")
    arguments.add_argument("--docs", type=Path, required=True, help="the pages that name weir's metrics")
    arguments.add_argument("folder", type=Path)
    chosen = arguments.parse_args()

    families = set().union(*(documented_families(page.read_text()) for page in chosen.docs.glob("*.md")))
    wrong = []
    for made in (overview(), stream(), operations()):
        name = (made.uid or "").removeprefix("weir-") + ".json"
        text = json.dumps(made, cls=JSONEncoder, indent=2, ensure_ascii=False) + "\n"
        wrong += [f"{name}: {complaint}" for complaint in complaints(text, families)]
        file = chosen.folder / name
        if not chosen.check:
            file.write_text(text)
        elif not file.exists() or file.read_text() != text:
            wrong.append(f"{name} is not what its source makes: run scripts/dashboards, and commit what it writes")
    for complaint in wrong:
        print(complaint, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
