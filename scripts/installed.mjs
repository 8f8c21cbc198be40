/**
 * Ends with 0 when node_modules holds what the lock names, else with 1. Runs on the host's own
 * Node, before anything is installed. npm writes what it installed into
 * node_modules/.package-lock.json.
 */
import { readFileSync } from 'node:fs';

function packages(file) {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')).packages;
}

/** Packages of other machines are in the lock and rightly not installed. */
function isForHere({ os, cpu }) {
  const fits = (list, here) =>
    list === undefined ||
    list.includes(here) ||
    (list[0]?.startsWith('!') && !list.includes(`!${here}`));
  return fits(os, process.platform) && fits(cpu, process.arch);
}

try {
  const installed = packages('../node_modules/.package-lock.json');
  for (const [path, wanted] of Object.entries(packages('../package-lock.json'))) {
    if (!path.includes('node_modules/') || wanted.link || wanted.optional || wanted.peer) continue;
    if (isForHere(wanted) && installed[path]?.version !== wanted.version) process.exit(1);
  }
} catch {
  process.exit(1);
}
