"""The programs to compare, and where a benchmark keeps its files."""

import pathlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Tools:
    weir: pathlib.Path
    exporter: pathlib.Path
    floor: pathlib.Path
    proxy: pathlib.Path
    load: pathlib.Path
    folder: pathlib.Path

    def log(self, name):
        return (self.folder / f"{name}.log").open("ab")
