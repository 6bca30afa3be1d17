#!/bin/bash
# kang.sh TRAIN.h5ad TEST.h5ad EPOCHS [OPTIONS of train]: held-out fit of Kang PBMC, seeds 0 to 2, as in docs/fit.md.
set -eu
train=$1 test=$2 epochs=$3
shift 3
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for seed in 0 1 2; do
  "$root/regularizedvi" train "$train" --model-dir "$folder/$seed" --batch-key condition \
    --nn-conditioning-covariate-keys condition --n-hidden 128 --n-latent 30 --batch-size 256 \
    --max-epochs "$epochs" --n-epochs-kl-warmup $((epochs / 4)) --train-size 1.0 --seed $seed "$@" 2>"$folder/log" ||
    { cat "$folder/log" >&2; exit 1; }
  "$root/regularizedvi" evaluate "$test" --model-dir "$folder/$seed" --seed $seed
done
