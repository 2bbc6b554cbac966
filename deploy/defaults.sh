# Sourced by run.sh and serve.sh.

# The variable $1 is $2 unless the shell or .env says something else.
default() {
    eval "current=\${$1:-}"
    if [ -z "$current" ] && ! grep -qs "^$1=." .env; then
        export "$1=$2"
    fi
}
