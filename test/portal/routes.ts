import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * The addresses of every page of the portal, read from `portal/src/app/routes.ts` and the files
 * that it names, so that a page which nobody visits is known by the test. They are read as text:
 * the portal's own modules load only in a browser.
 */
const app = join(import.meta.dirname, '..', '..', 'portal', 'src', 'app');

type Entry = { path: string; children?: string; isPage: boolean };

/** The entries of one file of routes, in order. */
function entriesOf(file: string): Entry[] {
  const text = readFileSync(file, 'utf8').replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '');
  const from = text.search(/export default \[|export const places/);
  const parts = text
    .slice(from)
    .split(/\bpath: '/)
    .slice(1);
  return parts.map((part) => {
    const path = part.slice(0, part.indexOf("'"));
    const children = /\bload(?:Children)?: \(\) =>\s*import\('([^']+)'\)/.exec(part)?.[1];
    const isPage = part.includes('loadComponent:');
    return { path, isPage, ...(children === undefined ? {} : { children }) };
  });
}

function pagesOf(file: string, prefix: string, read: Set<string>): string[] {
  read.add(relative(app, file));
  return entriesOf(file).flatMap(({ path, children, isPage }) => {
    const address = path === '' ? prefix : `${prefix}/${path}`;
    if (children === undefined) return isPage ? [address] : [];
    return pagesOf(`${join(dirname(file), children)}.ts`, address, read);
  });
}

/** Addresses with their parameters, `/cases/:caseId`, and the files they were read from. */
export function pages(): { addresses: string[]; files: string[] } {
  const read = new Set<string>();
  const file = join(app, 'routes.ts');
  if (!existsSync(file)) throw new Error(`there is no ${file}`);
  const addresses = [...new Set(pagesOf(file, '', read))];
  return { addresses, files: [...read].toSorted() };
}
