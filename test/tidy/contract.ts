/**
 * Law 1 and the documents: every method says who may call; READMEs fit a screen; versions are
 * exact.
 */
import { anyone, isKnownRole } from '@recourse/kit/caller.ts';
import type { Finding, Source } from './tree.ts';

/** Text between the brace at `from` and the one that closes it. */
function block(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return text.slice(from, at + 1);
  }
  return text.slice(from);
}

/** Methods without an access option, without a role, or with one that nobody has. */
export function accessFindings({ path: file, text }: Source): Finding[] {
  if (!/^proto\/recourse\/.+\.proto$/.test(file)) return [];
  const findings: Finding[] = [];
  for (const method of text.matchAll(/^\s*rpc\s+(\w+)[^{;]*([{;])/gm)) {
    const [head, name = '', opener] = method;
    const line = text.slice(0, method.index + head.trimStart().length).split('\n').length;
    const body = opener === '{' ? block(text, method.index + head.length - 1) : '';
    findings.push(...methodFindings({ file, line, name, body }));
  }
  return findings;
}

function methodFindings(o: { file: string; line: number; name: string; body: string }): Finding[] {
  const { file, line, name, body } = o;
  const repair = 'option (recourse.options.v1.access) = { roles: ["director"] };';
  const at = body.indexOf('(recourse.options.v1.access)');
  if (at < 0) return [{ file, line, what: `${name} does not say who may call`, repair }];
  const access = block(body, body.indexOf('{', at));
  const roles = [...access.matchAll(/"([^"]+)"/g)].map((one) => one[1] ?? '');
  const isInternal = /internal:\s*true/.test(access);
  if (roles.length === 0 && !isInternal) {
    return [{ file, line, what: `${name} names no role`, repair }];
  }
  return roles
    .filter((role) => !isKnownRole(role) && !(isInternal && role === anyone))
    .map((role) => ({
      file,
      line,
      what: `${name} names ${role}, which is no role`,
      repair: 'see kit/caller.ts, rolesByKind',
    }));
}

const readmeLinesMax = 80;

/** Each service explains itself on one screen. */
export function readmeFindings(sources: readonly Source[]): Finding[] {
  const services = new Set(
    sources.flatMap(({ path }) => /^services\/([^/]+)\/[^/]+\.ts$/.exec(path)?.[1] ?? []),
  );
  services.delete('kit');
  return [...services].flatMap((service) => {
    const file = `services/${service}/README.md`;
    const readme = sources.find(({ path }) => path === file);
    if (readme === undefined) {
      return [
        { file, line: 1, what: 'is missing', repair: 'what it owns, its words, RPCs, events' },
      ];
    }
    const count = readme.lines.length - 1;
    return count <= readmeLinesMax
      ? []
      : [
          {
            file,
            line: count,
            what: `has ${count} lines`,
            repair: `one screen: ${readmeLinesMax} at most`,
          },
        ];
  });
}

/** Versions are exact; what the lock holds must not change by itself. */
export function versionFindings({ path: file, lines }: Source): Finding[] {
  if (!/(^|\/)package\.json$/.test(file)) return [];
  return lines.flatMap((text, at) =>
    /^\s*"[^"]+": "[\^~]/.test(text)
      ? [
          {
            file,
            line: at + 1,
            what: 'a version that is not exact',
            repair: 'write the version alone',
          },
        ]
      : [],
  );
}

/** Download addresses in the lock would bind it to one place. */
export function lockFindings(file: string, text: string): Finding[] {
  return text.split('\n').flatMap((line, at) =>
    /"resolved": "http/.test(line)
      ? [
          {
            file,
            line: at + 1,
            what: 'a download address',
            repair: 'npm install with omit-lockfile-registry-resolved',
          },
        ]
      : [],
  );
}
