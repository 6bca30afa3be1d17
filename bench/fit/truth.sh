#!/bin/bash
# truth.sh SIMULATED.h5ad [OPTIONS of train]: what a model recovers of simulated truth, as in docs/fit.md.
# PYTHON names a Python with requirements.txt.
set -eu
cells=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$here/../../regularizedvi" train "$cells" --model-dir "$folder/model" --out "$folder/out.h5ad" --batch-key batch \
  --n-hidden 128 --n-latent 20 --batch-size 256 --max-epochs 150 --n-epochs-kl-warmup 30 --train-size 1.0 "$@"
"${PYTHON:-python3}" "$here/truth.py" "$cells" "$folder/out.h5ad" "$folder/model/model.safetensors"
