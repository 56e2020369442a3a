#!/usr/bin/env bash
# build_pkg.sh FOLDER: macOS' package, not signed and not notarised. Runs in hosted CI only; never tried here.
set -euo pipefail
folder=$1
version=$("$folder/sheetrecord" --version | grep -oE '[0-9]+(\.[0-9]+)+' | head -1)
root=$(mktemp -d)
mkdir -p "$root/usr/local/lib" "$root/usr/local/bin"
cp -R "$folder" "$root/usr/local/lib/sheetrecord"
ln -s ../lib/sheetrecord/sheetrecord "$root/usr/local/bin/sheetrecord"
pkgbuild --root "$root" --identifier io.github.sheetrecord --version "$version" "$folder/../sheetrecord-$version.pkg"
