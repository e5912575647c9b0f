# Sourced by demo and test: make a Python environment, or take the one that is there.
#
#   make_environment FOLDER
#
# PYTHON names the interpreter to make it with; by default the first fitting one found.

find_python() {
    local name
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "error: no Python 3.11 or newer found" >&2
    echo "  hint: install one, or name it: PYTHON=/path/to/python3.12 $0" >&2
    return 2
}

make_environment() {
    local python
    if ! "$1/bin/python" -m pip --version >/dev/null 2>&1; then
        python=$(find_python)
        echo "making the environment $1 ..." >&2
        if ! "$python" -m venv --clear "$1" >&2; then
            echo "error: $python cannot make an environment" >&2
            echo "  hint: on Debian and Ubuntu: apt-get install python3-venv" >&2
            return 2
        fi
    fi
    # Dependency groups need pip 25.1; many a Python brings an older one.
    "$1/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
}
