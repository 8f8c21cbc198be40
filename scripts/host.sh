# Sourced by start and test, from the root: checks the host, brings node_modules in line with the lock.
say() { printf '%s\n' "$*" >&2; }

if ! command -v node >/dev/null 2>&1; then
  say 'Node is not installed. Install Node 20 or newer; the workspace brings the version it runs on.'
  exit 1
fi
host_node=$(node -p 'process.versions.node.split(".")[0]')
if [ "$host_node" -lt 20 ]; then
  say "Node $(node -v) is too old to install the workspace. Install Node 20 or newer."
  exit 1
fi
if ! command -v npm >/dev/null 2>&1; then
  say 'npm is not installed. It comes with Node; on Debian it is the package npm.'
  exit 1
fi
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64 | Linux-aarch64 | Darwin-arm64 | Darwin-x86_64) ;;
  *) say "There is no PostgreSQL for $(uname -s) $(uname -m) in npm; give POSTGRES_URL." ;;
esac

if ! node scripts/installed.mjs; then
  say 'Installing the workspace; takes about a minute the first time.'
  npm ci --no-audit --no-fund --loglevel=error || {
    say 'npm ci failed: see above. Is the network there, and the disk not full?'
    exit 1
  }
fi

# Tools find their Node on PATH: it must be the workspace's, not the host's.
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
