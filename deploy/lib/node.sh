# shellcheck shell=bash
# Which Node.js is new enough. Needs say.sh.

# As "engines" in package.json.
node_minimum=20.19

# node_is_enough PROGRAM
node_is_enough() {
  "$1" -e 'const [major, minor] = process.versions.node.split(".").map(Number);
    const [least, leastMinor] = process.argv[1].split(".").map(Number);
    process.exit(major > least || (major === least && minor >= leastMinor) ? 0 : 1);' \
    "$node_minimum"
}
