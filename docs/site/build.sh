#!/usr/bin/env bash
# Builds the pages of the project as a site that can be searched, with the documentation of the Java classes, into target/site/html.
# A link that leads nowhere, to a page or to a heading, is an error. Needs Python 3.11 or later, Maven, and a JDK as CONTRIBUTING says.
# The gallery of runs is in it if gallery.sh has made it.
#   --without-javadoc   takes the documentation of the classes from the last build, if there is one
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(cd "$here/../.." && pwd)
site=$tree/target/site
pages=$site/pages
mkdir -p "$site"

if ! cmp -s "$here/requirements.txt" "$site/venv/complete"; then
  rm -rf "$site/venv"
  python3 -m venv "$site/venv"
  "$site/venv/bin/pip" install -q -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$site/venv/complete"
fi

# The pages lie as in the tree, so that links between them are the same.
rm -rf "$pages"
mkdir -p "$pages/docs" "$pages/python" "$pages/packaging" "$pages/DECISIONS"
cp "$tree"/*.md "$pages"
cp "$tree"/docs/*.md "$tree"/docs/*.png "$pages/docs"
cp "$tree"/DECISIONS/*.md "$pages/DECISIONS"
{
  printf '# Decisions\n\n'
  for page in "$tree"/DECISIONS/*.md; do
    printf '* [%s](%s)\n' "$(sed -n '1s/^# //p' "$page")" "${page##*/}"
  done
} >"$pages/DECISIONS/README.md"
cp "$tree/python/README.md" "$pages/python"
cp "$tree/packaging/README.md" "$pages/packaging"

if [ "${1-}" != --without-javadoc ]; then
  JAVA_HOME=$("$tree/regularizedvi" --print-jdk)
  export JAVA_HOME
  (cd "$tree" && mvn -q -B -Prelease -Dmaven.test.skip -pl '!bench,!reference' javadoc:aggregate)
  rm -rf "$site/api"
  cp -r "$tree/target/reports/apidocs" "$site/api"
fi
[ ! -d "$site/gallery" ] || cp -r "$site/gallery" "$pages/gallery"
[ ! -d "$site/api" ] || cp -r "$site/api" "$pages/api"

NO_MKDOCS_2_WARNING=1 "$site/venv/bin/mkdocs" build --strict --clean -f "$here/mkdocs.yml"
python3 "$here/check_links.py" "$site/html"
echo "To read and search it: python3 -m http.server --directory '$site/html'"
