#!/usr/bin/env bash
# Draws page.png and speaks speech.wav again. Both are committed, so this runs only when they shall
# change: other versions of the three programs give other bytes, hence other response times. Needs
# the Debian packages imagemagick, fonts-dejavu-core, espeak-ng and sox.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

lines=('Platform 4' 'Night train 27' 'Departs 22:48' 'Seats 31 to 64' 'Coach 8, rear'
  'Mind the gap!')

draw_page() {
  local -a text=()
  local line top=36
  for line in "${lines[@]}"; do
    text+=(-annotate "+48+$top" "$line")
    top=$((top + 72))
  done
  convert -size 480x480 xc:'#f4f1e8' -font DejaVu-Sans -pointsize 44 -fill '#22262b' \
    -gravity NorthWest "${text[@]}" \
    -colorspace sRGB -define png:exclude-chunks=date,time -strip -colors 32 -depth 8 page.png
}

speak() {
  local folder
  folder=$(mktemp -d)
  espeak-ng -v en-gb -s 150 -w "$folder/first.wav" 'The night train leaves at ten forty eight.'
  espeak-ng -v en-gb -s 150 -w "$folder/second.wav" 'Please mind the gap.'
  sox "$folder/first.wav" "$folder/second.wav" -b 16 -c 1 -r 16000 speech.wav \
    pad 0.4 0.4 norm -3 dither
  rm -r "$folder"
}

draw_page
speak
