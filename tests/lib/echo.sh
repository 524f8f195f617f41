#!/bin/sh
# echo.sh - a tiny terminal program that the driver's own tests drive: shows each key's bytes, says when it is idle.
# q ends it with 7; B writes what no program may write.
stty raw -echo
printf '\033[H\033[2JTop line\r\n\033[1mBold\033[m plain \033[7mback\033[m\r\n'
trap 'printf "\033[5;1Hgot TERM"; stty sane; exit 9' TERM
n=0
while :; do
    printf . >&9
    hex=$(dd bs=64 count=1 2>/dev/null | od -An -tx1 | tr -d ' \n')
    n=$((n + 1))
    case $hex in
    71) stty sane; exit 7 ;;
    42) printf '\033]0;title\007' ;;
    77) printf '\033[6;1Hŵ漢e\314\201Z' ;;
    "") printf '\033[4;1H\033[Ksize %s' "$(stty size)" ;;
    *) printf '\033[3;1H\033[Kkey %s number %s' "$hex" "$n" ;;
    esac
done
