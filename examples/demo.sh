#!/bin/sh
# Reads the invented reports into a ledger and asks it questions. usage: demo.sh SAYSO LEDGER   (make demo calls it)
set -eu
sayso=$1
SAYSO_LEDGER=$2
SAYSO_PLACES=${2%.db}-places.tsv
export SAYSO_LEDGER SAYSO_PLACES

bold() { if [ -t 1 ]; then printf "\n\033[1m%s\033[0m\n" "$1"; else printf "\n%s\n" "$1"; fi; }

show() {
    bold "$1"
    printf "$ sayso"
    shift
    for word; do
        case $word in *' '*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '\n\n'
    "$sayso" "$@"
}

# The value of a key in the first row of a listing.
first() {
    key=$1
    shift
    "$sayso" "$@" --limit 1 --format jsonl | sed -n 's/^.*[{ ]"'"$key"'": "\([^"]*\)".*/\1/p'
}

show 'Where the towns of an invented country lie, which no gazetteer knows:' places add examples/places.csv
show 'Eighteen invented reports of six invented outlets, into a ledger:' read examples/reports
show 'Who speaks?' claimants --limit 10
show 'How many were killed, on whose word?' claims --about killed --since 2024-03-12 --until 2024-03-13 --limit 8
show 'Who says what about the bridge?' claims --about bridge --limit 8

claim=$(first id claims --outlet 'Kestavian Telegraph Agency' --about 'mine bridge')
article=$(first article claims --outlet 'Kestavian Telegraph Agency' --about 'mine bridge')
show 'One claim, in its exact words:' claim "$claim"
show 'One report, every statement with the chain of voices that it came through:' article "$article"

show 'Which reports are copied from which?' echoes
show 'What are the reports about?' stories --until 2024-03-31
story=$(first story claims --outlet 'Meridian Wire' --about 'opened fire')
show 'One event, as all sides tell it:' story "$story"

printf '\nThe ledger is %s. Ask it something: %s claims --ledger %s --about convoy\n' "$SAYSO_LEDGER" "$sayso" "$SAYSO_LEDGER"
