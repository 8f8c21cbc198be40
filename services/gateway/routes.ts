import { Fault, fault } from '@recourse/kit/fault.ts';

/**
 * Finds the route of a request. The contract's path templates (`/v1/cases/{case_id}:close`) are
 * kept in a tree of segments: Express would read the colon as a parameter, and tries its routes one
 * by one.
 */
export type Verb = 'get' | 'put' | 'post' | 'patch' | 'delete';

export type Match<T> =
  | { kind: 'found'; target: T; params: Readonly<Record<string, string>> }
  /** The path is known, but not with this verb; `allow` are the verbs it has. */
  | { kind: 'verb_not_allowed'; allow: readonly Verb[] }
  | { kind: 'none' };

export type Routes<T> = {
  /** Adds a template; throws `internal` when it is malformed or takes the place of another. */
  add(verb: Verb, template: string, target: T): void;
  /** Looks up the raw path of a request, without its query. */
  find(verb: string, path: string): Match<T>;
};

type End<T> = { target: T; fields: readonly string[] };

type Node<T> = {
  literals: Map<string, Node<T>>;
  field: Node<T> | undefined;
  /** What ends here, by what follows the colon (empty without one), then by verb. */
  ends: Map<string, Map<Verb, End<T>>>;
};

function emptyNode<T>(): Node<T> {
  return { literals: new Map(), field: undefined, ends: new Map() };
}

type Template = { segments: readonly string[]; suffix: string; fields: readonly string[] };

const fieldPattern = /^\{([a-z][a-z0-9_]*)\}$/;
const literalPattern = /^[a-z0-9][a-z0-9._-]*$/;

/** `/v1/cases/{case_id}:close` → segments `v1`, `cases`, `{case_id}`; suffix `close`. */
export function parseTemplate(template: string): Template {
  const [path = '', suffix = '', ...rest] = template.split(':');
  const segments = path.split('/').slice(1);
  const isWell =
    path.startsWith('/') &&
    rest.length === 0 &&
    template.includes(':') === (suffix !== '') &&
    segments.every((one) => fieldPattern.test(one) || literalPattern.test(one));
  if (!isWell) throw fault('internal', 'route_malformed', { template });
  const fields = segments
    .map((one) => fieldPattern.exec(one)?.[1])
    .filter((one) => one !== undefined);
  return { segments, suffix, fields };
}

function child<T>(node: Node<T>, segment: string): Node<T> {
  if (fieldPattern.test(segment)) {
    node.field ??= emptyNode();
    return node.field;
  }
  let next = node.literals.get(segment);
  if (next === undefined) {
    next = emptyNode();
    node.literals.set(segment, next);
  }
  return next;
}

/**
 * The ends that a path leads to. A literal goes before a field, as a reader of the contract
 * expects.
 */
function descend<T>(
  node: Node<T>,
  segments: readonly string[],
  depth: number,
  suffix: string,
  values: string[],
): Map<Verb, End<T>> | undefined {
  const segment = segments[depth];
  if (segment === undefined) return node.ends.get(suffix);
  const literal = node.literals.get(segment);
  const found =
    literal === undefined ? undefined : descend(literal, segments, depth + 1, suffix, values);
  if (found !== undefined || node.field === undefined || segment === '') return found;
  values.push(segment);
  const under = descend(node.field, segments, depth + 1, suffix, values);
  if (under === undefined) values.pop();
  return under;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new Fault('invalid', 'path_malformed', {}, { cause });
  }
}

function paramsOf(fields: readonly string[], values: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [index, field] of fields.entries()) params[field] = decoded(values[index] ?? '');
  return params;
}

/** Splits `/v1/cases/7:close`; a colon that belongs to a value is written %3A. */
function split(path: string): { segments: string[]; suffix: string } {
  const slash = path.lastIndexOf('/');
  const colon = path.indexOf(':', slash + 1);
  const bare = colon < 0 ? path : path.slice(0, colon);
  // A path that ends with a colon has an empty verb, which no template has.
  const suffix = colon < 0 ? '' : path.slice(colon + 1) || ':';
  return { segments: bare.split('/').slice(1), suffix };
}

export function createRoutes<T>(): Routes<T> {
  const root = emptyNode<T>();

  function add(verb: Verb, template: string, target: T): void {
    const { segments, suffix, fields } = parseTemplate(template);
    let node = root;
    for (const segment of segments) node = child(node, segment);
    let ends = node.ends.get(suffix);
    if (ends === undefined) {
      ends = new Map();
      node.ends.set(suffix, ends);
    }
    if (ends.has(verb)) throw fault('internal', 'route_twice', { verb, template });
    ends.set(verb, { target, fields });
  }

  function find(verb: string, path: string): Match<T> {
    const { segments, suffix } = split(path);
    const values: string[] = [];
    const ends = descend(root, segments, 0, suffix, values);
    if (ends === undefined) return { kind: 'none' };
    for (const [known, end] of ends) {
      if (known === verb) {
        return { kind: 'found', target: end.target, params: paramsOf(end.fields, values) };
      }
    }
    return { kind: 'verb_not_allowed', allow: [...ends.keys()] };
  }

  return { add, find };
}
