/** A value that may stand in a message. Numbers are written the way of the language. */
export type MessageValue = string | number | bigint;

type Node =
  | { kind: 'text'; text: string }
  | { kind: 'value'; name: string }
  | { kind: 'count' }
  | { kind: 'choice'; name: string; plural: boolean; branches: ReadonlyMap<string, Node[]> };

const parsed = new Map<string, readonly Node[]>();
const pluralRules = new Map<string, Intl.PluralRules>();
const numberFormats = new Map<string, Intl.NumberFormat>();

function cached<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const found = cache.get(key);
  if (found !== undefined) return found;
  const made = make();
  cache.set(key, made);
  return made;
}

/** The place of the brace that closes the one at `open`. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i += 1) {
    if (text[i] === '{') depth += 1;
    if (text[i] === '}') depth -= 1;
    if (depth === 0) return i;
  }
  throw new Error(`a brace is not closed in "${text}"`);
}

function parseBranches(text: string, plural: boolean): ReadonlyMap<string, Node[]> {
  const branches = new Map<string, Node[]>();
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{', at);
    if (open === -1) break;
    const close = closing(text, open);
    branches.set(text.slice(at, open).trim(), parse(text.slice(open + 1, close), plural));
    at = close + 1;
  }
  if (!branches.has('other')) throw new Error(`the branch "other" is missing in "${text}"`);
  return branches;
}

function parsePlace(inside: string): Node {
  const match = /^\s*(\w+)\s*(?:,\s*(plural|select)\s*,([\s\S]*))?$/.exec(inside);
  const name = match?.[1];
  if (name === undefined) throw new Error(`"{${inside}}" is not a place in a message`);
  if (match?.[2] === undefined) return { kind: 'value', name };
  const plural = match[2] === 'plural';
  return { kind: 'choice', name, plural, branches: parseBranches(match[3] ?? '', plural) };
}

function pushText(nodes: Node[], text: string, inPlural: boolean): void {
  if (!inPlural) {
    if (text !== '') nodes.push({ kind: 'text', text });
    return;
  }
  text.split('#').forEach((piece, index) => {
    if (index > 0) nodes.push({ kind: 'count' });
    if (piece !== '') nodes.push({ kind: 'text', text: piece });
  });
}

function parse(text: string, inPlural = false): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf('{', at);
    if (open === -1) break;
    const close = closing(text, open);
    pushText(nodes, text.slice(at, open), inPlural);
    nodes.push(parsePlace(text.slice(open + 1, close)));
    at = close + 1;
  }
  pushText(nodes, text.slice(at), inPlural);
  return nodes;
}

function nodesOf(text: string): readonly Node[] {
  return cached(parsed, text, () => parse(text));
}

function write(value: MessageValue | undefined, language: string): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  return cached(numberFormats, language, () => new Intl.NumberFormat(language)).format(value);
}

function branchOf(
  node: Extract<Node, { kind: 'choice' }>,
  value: MessageValue | undefined,
  language: string,
): readonly Node[] {
  const other = node.branches.get('other') ?? [];
  if (value === undefined) return other;
  if (!node.plural) return node.branches.get(String(value)) ?? other;
  const exact = node.branches.get(`=${value}`);
  if (exact !== undefined) return exact;
  const rules = cached(pluralRules, language, () => new Intl.PluralRules(language));
  return node.branches.get(rules.select(Number(value))) ?? other;
}

function render(
  nodes: readonly Node[],
  values: Readonly<Record<string, MessageValue>>,
  language: string,
  count: MessageValue | undefined,
): string {
  let out = '';
  for (const node of nodes) {
    if (node.kind === 'text') out += node.text;
    else if (node.kind === 'count') out += write(count, language);
    else if (node.kind === 'value') out += write(values[node.name], language);
    else {
      const value = values[node.name];
      out += render(branchOf(node, value, language), values, language, value);
    }
  }
  return out;
}

/**
 * Writes a message: `{name}`, `{n, plural, =0 {…} one {# day} other {# days}}`,
 * `{kind, select, agency {…} other {…}}`. The subset of ICU MessageFormat that the portal needs.
 */
export function formatMessage(
  text: string,
  values: Readonly<Record<string, MessageValue>>,
  language: string,
): string {
  return render(nodesOf(text), values, language, undefined);
}

/** Names of all values a message asks for, sorted; lets a test compare two languages. */
export function valueNames(text: string): string[] {
  const names = new Set<string>();
  const visit = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (node.kind === 'value' || node.kind === 'choice') names.add(node.name);
      if (node.kind === 'choice') node.branches.forEach(visit);
    }
  };
  visit(nodesOf(text));
  return [...names].toSorted();
}
