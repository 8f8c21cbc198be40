/**
 * Rendered objects against the API's own definitions: types, enums and what is required by the
 * validators of kubernetes-models; and, since those let unknown fields pass, every field against
 * the declarations beside them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import type * as typescript from '../../portal/node_modules/typescript/lib/typescript.js';
import { type Rendered, root } from './render.ts';

const ts = createRequire(join(root, 'portal/package.json'))('typescript') as typeof typescript;
const modules = join(root, 'node_modules');

/** Packages that declare kinds, in the order they are asked. */
const packages = [
  'kubernetes-models',
  '@kubernetes-models/cert-manager',
  '@kubernetes-models/gateway-api',
  '@kubernetes-models/keda',
  '@kubernetes-models/prometheus-operator',
];

type Declared = { file: string; node: typescript.InterfaceDeclaration };
type Parsed = {
  interfaces: Map<string, typescript.InterfaceDeclaration>;
  aliases: Map<string, typescript.TypeNode>;
  imports: Map<string, string>;
};

const parsed = new Map<string, Parsed>();

function parse(file: string): Parsed {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const made: Parsed = { interfaces: new Map(), aliases: new Map(), imports: new Map() };
  const text = readFileSync(file, 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
  const exported = new Map<string, string>();
  for (const node of source.statements) {
    if (ts.isInterfaceDeclaration(node)) made.interfaces.set(node.name.text, node);
    if (ts.isTypeAliasDeclaration(node)) made.aliases.set(node.name.text, node.type);
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const bindings = node.importClause?.namedBindings;
      if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
      for (const one of bindings.elements)
        made.imports.set(one.name.text, node.moduleSpecifier.text);
    }
    if (ts.isExportDeclaration(node) && node.exportClause && ts.isNamedExports(node.exportClause)) {
      for (const { name, propertyName } of node.exportClause.elements) {
        if (propertyName !== undefined) exported.set(name.text, propertyName.text);
      }
    }
  }
  for (const [name, own] of exported) {
    const found = made.interfaces.get(own);
    if (found !== undefined) made.interfaces.set(name, found);
    const alias = made.aliases.get(own);
    if (alias !== undefined) made.aliases.set(name, alias);
  }
  parsed.set(file, made);
  return made;
}

function fileOf(from: string, specifier: string): string {
  const path = specifier.startsWith('.')
    ? join(dirname(from), specifier)
    : join(modules, specifier);
  return `${path.replace(/\.js$/, '')}.d.ts`;
}

type At = { path: string; value: unknown };

type Member = { member: typescript.TypeElement; file: string };
type Typed = { type: typescript.TypeNode | undefined; file: string };

const inFile = (members: Iterable<typescript.TypeElement>, file: string): Member[] =>
  [...members].map((member) => ({ member, file }));

/** An interface's members with those of the interfaces it extends. */
function membersOf(node: typescript.InterfaceDeclaration, file: string): Member[] {
  const bases = (node.heritageClauses ?? []).flatMap(({ types }) => [...types]);
  const inherited = bases.flatMap(({ expression }) => {
    if (!ts.isIdentifier(expression)) return [];
    const here = parse(file);
    const from = here.imports.get(expression.text);
    const target = from === undefined ? file : fileOf(file, from);
    if (!existsSync(target)) return [];
    const base = parse(target).interfaces.get(expression.text);
    return base === undefined ? [] : membersOf(base, target);
  });
  return [...inherited, ...inFile(node.members, file)];
}

function checkMembers(members: readonly Member[], at: At): string[] {
  const fields = new Map<string, Typed>();
  let rest: Typed | undefined;
  for (const { member, file } of members) {
    if (ts.isIndexSignatureDeclaration(member)) rest = { type: member.type, file };
    if (!ts.isPropertySignature(member)) continue;
    const { name } = member;
    if (ts.isStringLiteral(name) || ts.isIdentifier(name))
      fields.set(name.text, { type: member.type, file });
  }
  return Object.entries(at.value as object).flatMap(([name, value]: [string, unknown]) => {
    const path = `${at.path}.${name}`;
    const known = fields.get(name) ?? rest;
    if (known === undefined) return [`${path} is unknown`];
    return known.type === undefined ? [] : check(known.type, known.file, { path, value });
  });
}

/** A name that means an interface or alias of this file or of one it imports. */
function checkNamed(name: string, file: string, at: At): string[] {
  const here = parse(file);
  const found = here.interfaces.get(name);
  if (found !== undefined) return checkMembers(membersOf(found, file), at);
  const alias = here.aliases.get(name);
  if (alias !== undefined) return check(alias, file, at);
  const from = here.imports.get(name);
  if (from === undefined) return [];
  const target = fileOf(file, from);
  return existsSync(target) ? checkNamed(name, target, at) : [];
}

function check(type: typescript.TypeNode, file: string, at: At): string[] {
  const { path, value } = at;
  if (value === null || typeof value !== 'object') return [];
  if (ts.isArrayTypeNode(type)) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((one: unknown, index) =>
      check(type.elementType, file, { path: `${path}[${index}]`, value: one }),
    );
  }
  if (ts.isTypeLiteralNode(type)) return checkMembers(inFile(type.members, file), at);
  if (ts.isParenthesizedTypeNode(type)) return check(type.type, file, at);
  if (ts.isUnionTypeNode(type)) {
    const tried = type.types.map((one) => check(one, file, at));
    return tried.find((findings) => findings.length === 0) ?? tried[0] ?? [];
  }
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return [];
  const [argument] = type.typeArguments ?? [];
  if (type.typeName.text === 'Array' && argument !== undefined) {
    return check(ts.factory.createArrayTypeNode(argument), file, at);
  }
  return checkNamed(type.typeName.text, file, at);
}

function declarationOf({ apiVersion, kind }: Rendered): Declared | undefined {
  for (const name of packages) {
    const file = join(modules, name, apiVersion, `${kind}.d.ts`);
    const node = existsSync(file) ? parse(file).interfaces.get(`I${kind}`) : undefined;
    if (node !== undefined) return { file, node };
  }
  return undefined;
}

type Model = new (data: object) => { validate(): void };

async function modelOf(file: string, kind: string): Promise<Model | undefined> {
  const url = pathToFileURL(file.replace(/\.d\.ts$/, '.js')).href;
  return ((await import(url)) as Record<string, Model>)[kind];
}

/** CloudNativePG has no models: an excerpt of its definitions, closed wherever the chart goes. */
const excerpt = JSON.parse(readFileSync(join(import.meta.dirname, 'cnpg.json'), 'utf8')) as Record<
  string,
  object
>;
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const closed = new Map(
  Object.entries(excerpt).map(([kind, schema]) => [kind, ajv.compile(schema)] as const),
);

function cnpgFindings(object: Rendered): string[] {
  const validate = closed.get(object.kind);
  if (validate === undefined) return [`${object.kind} has no definition`];
  if (validate(object)) return [];
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

/** What is wrong with an object by its definition; empty when nothing is. */
export async function strictFindings(object: Rendered): Promise<string[]> {
  const name = `${object.kind}/${object.metadata.name}`;
  const named = (findings: readonly string[]) => findings.map((one) => `${name}: ${one}`);
  if (object.apiVersion === 'postgresql.cnpg.io/v1') return named(cnpgFindings(object));
  const declared = declarationOf(object);
  if (declared === undefined) return [`${name}: ${object.apiVersion} is declared nowhere`];
  const { file, node } = declared;
  const unknown = checkMembers(membersOf(node, file), { path: '', value: object });
  const Model = await modelOf(file, object.kind);
  if (Model === undefined) return [`${name}: no validator`];
  try {
    new Model(object).validate();
    return named(unknown);
  } catch (thrown) {
    return named([...unknown, thrown instanceof Error ? thrown.message : String(thrown)]);
  }
}
