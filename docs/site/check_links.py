"""Follows every link of a site to its own files and their anchors; exits with 1 and tells which lead nowhere.

usage: check_links.py FOLDER
"""

import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class _Page(HTMLParser):
    def __init__(self, file: Path):
        super().__init__()
        self.links, self.anchors = [], set()
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if value and name in ("href", "src"):
                self.links.append(value)
            elif value and name in ("id", "name"):
                self.anchors.add(value)


@cache
def _page(file: Path) -> _Page:
    return _Page(file)


def _leads_somewhere(file: Path, link: str) -> bool:
    url = urlsplit(link)
    if url.scheme or url.netloc:
        return True  # of another site, which is not asked
    target = (file.parent / unquote(url.path)).resolve() if url.path else file
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return False
    return not url.fragment or target.suffix != ".html" or unquote(url.fragment) in _page(target).anchors


def main(folder: str) -> int:
    root = Path(folder).resolve()
    # The page for wrong addresses has links from the root of a server.
    files = [file for file in sorted(root.rglob("*.html")) if file != root / "404.html"]
    links = [(file, link) for file in files for link in _page(file).links]
    dead = [(file, link) for file, link in links if not _leads_somewhere(file, link)]
    for file, link in dead:
        print(f"{file.relative_to(root)}: {link} leads nowhere", file=sys.stderr)
    print(f"{len(files)} pages, {len(links)} links, {len(dead)} of them dead")
    return 1 if dead or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
