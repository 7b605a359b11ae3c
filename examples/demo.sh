#!/bin/sh
# Reads the invented reports into a ledger and asks it questions. usage: demo.sh SAYSO LEDGER   (make demo calls it)
set -eu
sayso=$1
SAYSO_LEDGER=$2
export SAYSO_LEDGER

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

show 'Eighteen invented reports of six invented outlets, into a ledger:' read examples/reports
show 'Who speaks?' claimants --limit 10
show 'How many were killed, on whose word?' claims --about killed --since 2024-03-12 --until 2024-03-13 --limit 8
show 'Who says what about the bridge?' claims --about bridge --limit 8

claim=$("$sayso" claims --outlet 'Kestavian Telegraph Agency' --about 'mine bridge' --limit 1 --format csv | sed -n '2s/,.*//p')
article=$("$sayso" claims --outlet 'Kestavian Telegraph Agency' --about 'mine bridge' --limit 1 --format csv | sed -n '2s/^[^,]*,\([^,]*\),.*/\1/p')
show 'One claim, in its exact words:' claim "$claim"
show 'One report, every statement with the chain of voices that it came through:' article "$article"

printf '\nThe ledger is %s. Ask it something: %s claims --ledger %s --about convoy\n' "$SAYSO_LEDGER" "$sayso" "$SAYSO_LEDGER"
