#!/bin/sh
# Makes .venv and installs what requirements.txt asks for ("run") or requirements-dev.txt too ("dev").
# A stamp holds the checksum of what was installed, so that the second time takes no time. A mark stands while something
# is being made or installed: whoever finds it was preceded by a run that was cut off, and begins anew.
set -eu
what=$1
PYTHON=${PYTHON:-python3}
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore

mark=.venv/.unfinished

say() { printf '%s\n' "$*" >&2; }

if [ -x .venv/bin/python ] && [ ! -e $mark ] && .venv/bin/python -m pip --version >/dev/null 2>&1; then
    fresh=no
else
    fresh=yes
    command -v "$PYTHON" >/dev/null 2>&1 || {
        say "There is no '$PYTHON'. Install Python 3.11 or later, or name one: make PYTHON=/path/to/python3.12"
        exit 1
    }
    "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
        say "$PYTHON is $("$PYTHON" --version 2>&1); this product needs Python 3.11 or later. Name one: make PYTHON=/path/to/python3.12"
        exit 1
    }
    [ ! -e .venv ] || say "The virtual environment in .venv is incomplete; it is made anew."
    rm -rf .venv
    mkdir .venv
    : > $mark
    say "Making a virtual environment in .venv"
    "$PYTHON" -m venv .venv || {
        rm -rf .venv
        say "Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"
        exit 1
    }
fi

case $what in
    run) file=requirements.txt ;;
    dev) file=requirements-dev.txt ;;
    *) say "venv.sh: run or dev"; exit 2 ;;
esac
run_sum=$(cat requirements.txt constraints.txt | cksum)
dev_sum=$(cat requirements.txt constraints.txt requirements-dev.txt | cksum)
[ "$what" = run ] && sum=$run_sum || sum=$dev_sum
stamp=.venv/.installed-$what
if [ "$fresh" = yes ] || [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$sum" ]; then
    say "Installing $file into .venv (the first time takes a minute or two)"
    : > $mark
    .venv/bin/python -m pip install --quiet -r "$file" || {
        # pip gave up by itself, and takes back what it had begun; killed by a signal, it leaves packages in halves.
        [ $? -gt 128 ] || rm -f $mark
        say "The packages of $file could not be installed (see above). Is a package index reachable? Then run make again."
        exit 1
    }
    # What testing needs holds what running needs.
    printf '%s\n' "$run_sum" > .venv/.installed-run
    printf '%s\n' "$sum" > "$stamp"
    rm -f $mark
fi
