"""What the pages need beside mkdocs: their order, taken from docs/README.md, and the places where Markdown on GitHub and here differ."""

import re
from pathlib import Path

_LINK = re.compile(r"^\| \[[^\]]*\]\(([^)#]+\.md)\)", re.MULTILINE)
_CELL = re.compile(r"^\|.*\|$", re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`")


def on_config(config):
    """Puts the pages in the order and under the headings of the index, and behind them what concerns the project."""
    pages = Path(config.docs_dir)
    index = (pages / "docs" / "README.md").read_text(encoding="utf-8")
    groups = [{"Start": ["README.md", "docs/README.md"]}]
    for section in re.split(r"^## ", index, flags=re.MULTILINE)[1:]:
        heading, _, body = section.partition("\n")
        if found := [_from_docs(link) for link in _LINK.findall(body)]:
            groups.append({heading: found})
    if (pages / "gallery" / "README.md").exists():
        groups[0]["Start"].append("gallery/README.md")
    listed = {page for group in groups for own in group.values() for page in own}
    groups.append({"The project": sorted(page.name for page in pages.glob("*.md") if page.name not in listed)})
    groups.append({"Other packages": [own for own in ("packaging/README.md",) if own not in listed]})
    decisions = sorted((pages / "DECISIONS").glob("*.md"), key=lambda page: (page.name != "README.md", page.name))
    groups.append({"Decisions": [f"DECISIONS/{page.name}" for page in decisions]})
    if (pages / "api" / "index.html").exists():
        groups.append({"Java API": "api/index.html"})
    config.nav = [group for group in groups if all(group.values())]
    return config


def _from_docs(link: str) -> str:
    return link.removeprefix("../") if link.startswith("../") else f"docs/{link}"


def on_page_markdown(markdown, **_):
    """A link to a folder is to its list, and a vertical bar within code in a table has no backslash, which GitHub needs."""
    markdown = markdown.replace("DECISIONS)", "DECISIONS/README.md)")
    return _CELL.sub(lambda row: _CODE.sub(lambda code: code.group().replace("\\|", "|"), row.group()), markdown)
