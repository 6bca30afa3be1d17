#!/usr/bin/env bash
# Makes the gallery of the site in target/site/gallery: three runs from files to a report, the commands that made them, and what these
# said of the training. build.sh takes it into the site. Needs what build.sh needs, and some ten minutes on two cores.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(cd "$here/../.." && pwd)
work=$tree/target/site/gallery-work
gallery=$tree/target/site/gallery
venv=$tree/target/site/venv-gallery
rm -rf "$work" "$gallery"
mkdir -p "$work" "$gallery"
cd "$work"
ln -s "$tree/regularizedvi" regularizedvi

if [ ! -f "$venv/complete" ]; then
  python3 -m venv --clear "$venv"
  "$venv/bin/pip" install -q -c "$tree/formats/src/test/python/requirements.txt" anndata scipy
  touch "$venv/complete"
fi

page() { printf '%s\n' "$@" >>"$gallery/README.md"; }

# Runs the commands of a file as they stand, and puts them on the page with what the last one said.
run() {
  local name=$1 commands=$2 title=$3
  shift 3
  bash -eu "$commands" 2>"$name.log" || {
    cat "$name.log" >&2
    exit 1
  }
  mv "$name.html" "$gallery"
  page '' "## $title" '' "$@" '' '```sh' "$(cat "$commands")" '```' '' '```' "$(grep "^trained" "$name.log")" '```' '' "[The report]($name.html)"
}

page '# Gallery' '' 'Three runs from files to a report. The commands are those that made these reports when the site was built.'

./regularizedvi demo --max-epochs 1 --out-dir demo >/dev/null 2>&1
"$venv/bin/python" "$here/to_10x.py" demo/kang_pbmc_latent.h5ad condition folders
cat >tenx.sh <<'RUN'
./regularizedvi train folders/ctrl folders/stim --batch-key sample --nn-conditioning-covariate-keys sample \
    --early-stopping --out tenx.h5ad --model-dir tenx_model --report tenx.html
RUN
run tenx tenx.sh 'Folders of Cell Ranger' \
  'The 2,000 blood cells of the demo (Kang et al. 2018), half of them stimulated with interferon beta, as two folders of 10x matrices.'

cat >multiome.sh <<'RUN'
./regularizedvi simulate multiome.h5mu --cells 2000 --features rna=1000,atac=4000 --types 6 --missing 0.1
./regularizedvi train multiome.h5mu --batch-key batch --feature-scaling-covariate-keys batch --n-hidden 128 --n-latent rna=20,atac=20 \
    --max-epochs 40 --out multiome_latent.h5mu --model-dir multiome_model --scores batch=batch,label=true_type --report multiome.html
RUN
run multiome multiome.sh 'A multiome' \
  'RNA and ATAC of 2,000 simulated cells of six types, of which one in ten lacks one of the two, with scores of integration against the truth.'

cat >atlas.sh <<'RUN'
./regularizedvi simulate atlas.h5ad --cells 30000 --features 2000 --types 20 --batches 8
./regularizedvi train atlas.h5ad --on-disk --batch-key batch --n-hidden 128 --n-latent 30 --max-epochs 10 --batch-size 512 \
    --out atlas_latent.h5ad --model-dir atlas_model --report atlas.html
RUN
run atlas atlas.sh 'Counts on disk' \
  '30,000 simulated cells of eight batches, whose counts lie on disk while the model trains, as they do for an atlas that memory does not hold.'
