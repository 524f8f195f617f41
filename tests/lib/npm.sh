# npm.sh - the checkers of tests/wide/npm/package.json, from the registry that npm is set to, kept beside the build: source it.
#
#   npm_fetch          installs them once; two tests at a time wait for each other. They are in $MODULES
MODULES=$BUILD/npm/node_modules

npm_fetch() {
    mkdir -p "$BUILD/npm"
    (
        flock 9
        cmp -s "$ROOT/tests/wide/npm/package.json" "$BUILD/npm/installed" && exit 0
        cp "$ROOT/tests/wide/npm/package.json" "$BUILD/npm/package.json"
        npm install --silent --no-audit --no-fund --ignore-scripts --no-package-lock --prefix "$BUILD/npm" >&2 || exit 1
        cp "$BUILD/npm/package.json" "$BUILD/npm/installed"
    ) 9>"$BUILD/npm/lock" || { echo "npm could not bring the checkers of tests/wide/npm/package.json" >&2; exit 1; }
}
