#!/usr/bin/env bash
# Makes the files of tests/formats that real programs write: Word and OpenDocument by LibreOffice, every encoding by iconv and Python.
# Debian or Ubuntu, as root. The tests do not run this; they read what it made. Usage: scripts/make-fixtures.sh
set -euo pipefail
cd "$(dirname "$0")/../tests/formats"

missing=()
for program in soffice iconv python3; do command -v "$program" >/dev/null || missing+=("$program"); done
if [ "${#missing[@]}" -gt 0 ]; then
  apt-get update
  apt-get install -y --no-install-recommends libreoffice-writer libc-bin python3 fonts-noto-cjk
fi

# The page of same/article.html without what stands around the article, as a person would type it.
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 - same/article.html "$work/article.html" <<'PYTHON'
import re, sys
page = open(sys.argv[1], encoding='utf-8').read()
main = re.search(r'<div class="main">(.*?)</div></div>', page, re.S).group(1).replace('<h3 class="sub">', '<p align="center">').replace('</h3>', '</p>')
title = re.search(r'<h1>(.*?)</h1>', main).group(1)
open(sys.argv[2], 'w', encoding='utf-8').write(f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head><body>{main}</body></html>')
PYTHON
(
  cd "$work"
  soffice --headless --writer --convert-to odt:writer8 article.html >/dev/null
  soffice --headless --convert-to docx article.odt >/dev/null
  soffice --headless --convert-to pdf article.odt >/dev/null
)
cp "$work/article.odt" "$work/article.docx" "$work/article.pdf" same/

rm -f encodings/*.txt.*
for charset in GBK GB18030 UTF-16LE UTF-16BE UTF-32LE UTF-32BE ISO-2022-CN; do
  iconv -f UTF-8 -t "$charset" same/article.txt >"encodings/hans.txt.${charset,,}"
done
for charset in BIG5 EUC-TW; do
  iconv -f UTF-8 -t "$charset" encodings/hant.txt >"encodings/hant.txt.${charset,,}"
done
iconv -f UTF-8 -t BIG5-HKSCS encodings/hk.txt >encodings/hk.txt.big5-hkscs
python3 - <<'PYTHON'
text = open('same/article.txt', encoding='utf-8').read()
for name, codec in {'utf-8-bom': 'utf-8-sig', 'utf-16-bom': 'utf-16', 'utf-32-bom': 'utf-32', 'hz': 'hz'}.items():
    open(f'encodings/hans.txt.{name}', 'wb').write(text.encode(codec))
PYTHON
