"""The report of a run, shown in a notebook."""

from dataclasses import dataclass
from html import escape
from pathlib import Path


@dataclass(frozen=True)
class Report:
    """A page that tells whether a training worked and what it found. A notebook shows it in place; any browser opens its file."""

    path: Path

    def _repr_html_(self) -> str:
        page = escape(self.path.read_text(encoding="utf-8"), quote=True)
        return f'<iframe srcdoc="{page}" width="100%" height="800" style="border: 0"></iframe>'
