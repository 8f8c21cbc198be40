/** The files of the tree as the checker reads them: text, and for TypeScript what the code does. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as typescript from '../../portal/node_modules/typescript/lib/typescript.js';

// The compiler at the root has no programming interface; the one that Angular brings does.
const ts = createRequire(join(import.meta.dirname, '../../portal/package.json'))(
  'typescript',
) as typeof typescript;

/** One finding: where, what, and the repair; printed as one line. */
export type Finding = { file: string; line: number; what: string; repair: string };

export type Import = { from: string; line: number; isType: boolean };

/** A place in the code, with the text that stands there. */
export type Place = { line: number; text: string };

export type Code = {
  imports: readonly Import[];
  reExports: readonly Place[];
  anyTypes: readonly Place[];
  assertions: readonly Place[];
  awaits: readonly Place[];
  /** `process.env`, `Math.random`, `Date.now`, `console.log`: property accesses by their text. */
  accesses: readonly Place[];
  /** `new Date`, `new Foo`. */
  news: readonly Place[];
  /** Calls with their arguments' text. */
  calls: readonly (Place & { args: string })[];
  /** Properties, parameters and variables declared as `number`. */
  numbers: readonly Place[];
  functions: readonly (Place & { lines: number })[];
};

export type Source = {
  path: string;
  text: string;
  lines: readonly string[];
  code: Code | undefined;
};

const root = join(import.meta.dirname, '../..');
const textual =
  /\.(ts|mjs|js|html|scss|css|json|ya?ml|md|proto|sql|sh|conf)$|(^|\/)[a-zA-Z][^./]*$/;

/** Every text file that is committed or about to be, as git sees it. */
export function readTree(): Source[] {
  const listed = spawnSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64_000_000,
    },
  );
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
  return [...new Set(listed.stdout.split('\0'))]
    .filter((path) => textual.test(path) && path !== 'package-lock.json')
    .flatMap((path) => {
      const text = readText(join(root, path));
      return text === undefined ? [] : [readSource(path, text)];
    });
}

/** Text of a file, undefined when it was just removed or holds no text. */
function readText(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** One file as the checker sees it; samples are made the same way. */
export function readSource(path: string, text: string): Source {
  const lines = text.split('\n');
  return { path, text, lines, code: path.endsWith('.ts') ? readCode(path, text) : undefined };
}

type Collected = { [K in keyof Code]: Code[K][number][] };

function readCode(path: string, text: string): Code {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Collected = {
    imports: [],
    reExports: [],
    anyTypes: [],
    assertions: [],
    awaits: [],
    accesses: [],
    news: [],
    calls: [],
    numbers: [],
    functions: [],
  };
  const lineOf = (node: typescript.Node) =>
    file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  const place = (node: typescript.Node): Place => ({
    line: lineOf(node),
    text: node.getText(file),
  });
  const visit = (node: typescript.Node): void => {
    readImport(node, lineOf, found);
    readExpression(node, place, found);
    readDeclaration(node, file, lineOf, found);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Lines of a function without those of the functions inside it, which count by themselves. */
function ownLines(node: typescript.Node, file: typescript.SourceFile): number {
  const span = (of: typescript.Node) => {
    const at = (position: number) => file.getLineAndCharacterOfPosition(position).line;
    return at(of.end) - at(of.getStart(file)) + 1;
  };
  let inner = 0;
  const visit = (child: typescript.Node): void => {
    if (ts.isFunctionLike(child)) inner += span(child) - 1;
    else ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return span(node) - inner;
}

function readImport(
  node: typescript.Node,
  lineOf: (node: typescript.Node) => number,
  found: Collected,
): void {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const isType = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    found.imports.push({ from: node.moduleSpecifier.text, line: lineOf(node), isType });
  } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    if (!ts.isStringLiteral(node.moduleSpecifier)) return;
    const { text } = node.moduleSpecifier;
    found.imports.push({ from: text, line: lineOf(node), isType: node.isTypeOnly });
    found.reExports.push({
      line: lineOf(node),
      text: node.exportClause === undefined ? '*' : text,
    });
  } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [first] = node.arguments;
    if (first === undefined || !ts.isStringLiteral(first)) return;
    found.imports.push({ from: first.text, line: lineOf(node), isType: false });
  }
}

function readExpression(
  node: typescript.Node,
  place: (node: typescript.Node) => Place,
  found: Collected,
): void {
  if (node.kind === ts.SyntaxKind.AnyKeyword) found.anyTypes.push(place(node.parent));
  if (ts.isNonNullExpression(node)) found.assertions.push(place(node));
  if (ts.isAwaitExpression(node)) found.awaits.push(place(node));
  if (node.kind === ts.SyntaxKind.AsyncKeyword) found.awaits.push(place(node));
  if (ts.isPropertyAccessExpression(node)) found.accesses.push(place(node));
  if (ts.isNewExpression(node)) found.news.push(place(node));
  if (ts.isCallExpression(node)) {
    const args = node.arguments.map((one) => one.getText()).join(', ');
    found.calls.push({ line: place(node).line, text: node.expression.getText(), args });
  }
}

function readDeclaration(
  node: typescript.Node,
  file: typescript.SourceFile,
  lineOf: (node: typescript.Node) => number,
  found: Collected,
): void {
  const isTyped =
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isVariableDeclaration(node);
  if (isTyped && node.type?.kind === ts.SyntaxKind.NumberKeyword) {
    found.numbers.push({ line: lineOf(node), text: node.name.getText(file) });
  }
  const isFunction =
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node);
  if (isFunction && node.body !== undefined) {
    const text = node.name?.getText(file) ?? 'a function';
    found.functions.push({ line: lineOf(node), text, lines: ownLines(node, file) });
  }
}
