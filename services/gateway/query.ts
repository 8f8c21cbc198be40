import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import type { Violation } from '@recourse/kit/fault.ts';
import { pointerPart } from './strict.ts';

/** A request's fields as plain JSON, still unchecked; the strict reader judges the values. */
export type Fields = { [name: string]: unknown };

/**
 * Turns a query (`page.size=50&states=OPEN&states=CLOSED`) into the JSON that a body of the same
 * request would hold. Reports names that the request does not have, and single fields that are
 * given twice.
 */
export type QueryReader = (query: string, out: Violation[]) => Fields;

/** A field that a query can name: its way through the message, and how its text is to be taken. */
type Leaf = { path: readonly string[]; isList: boolean; convert: (text: string) => unknown };

function flag(text: string): unknown {
  if (text === 'true') return true;
  return text === 'false' ? false : text;
}

/** Numbers stay text: the strict reader takes digits as text, and no float comes between. */
function converter(field: DescField): (text: string) => unknown {
  if (field.scalar === ScalarType.BOOL) return flag;
  return (text) => text;
}

function isPlain(field: DescField): boolean {
  const { message } = field;
  return message === undefined || message.typeName === 'google.protobuf.Timestamp';
}

/** Both spellings of a field's way, `page.nextCursor` and `page.next_cursor`, lead to one leaf. */
function leavesOf(
  desc: DescMessage,
  names: readonly [json: string, proto: string],
  path: readonly string[],
  into: Map<string, Leaf>,
): void {
  for (const field of desc.fields) {
    const jsonName = `${names[0]}${field.jsonName}`;
    const protoName = `${names[1]}${field.name}`;
    const way = [...path, field.jsonName];
    if (isPlain(field) && field.fieldKind !== 'map') {
      const leaf = { path: way, isList: field.fieldKind === 'list', convert: converter(field) };
      into.set(jsonName, leaf).set(protoName, leaf);
    } else if (field.fieldKind === 'message') {
      leavesOf(field.message, [`${jsonName}.`, `${protoName}.`], way, into);
    }
  }
}

/** The object that holds a leaf; made on the way where it is not there yet. */
function holder(fields: Fields, path: readonly string[]): Fields {
  let at = fields;
  for (const name of path.slice(0, -1)) {
    // Only leaves are ever set beside these, and no leaf's way is the beginning of another's.
    const next = (at[name] ?? {}) as Fields;
    at[name] = next;
    at = next;
  }
  return at;
}

function put(fields: Fields, leaf: Leaf, text: string, out: Violation[]): void {
  const at = holder(fields, leaf.path);
  const name = leaf.path.at(-1) ?? '';
  const value = leaf.convert(text);
  const present = at[name];
  if (leaf.isList) {
    if (Array.isArray(present)) present.push(value);
    else at[name] = [value];
  } else if (present === undefined) {
    at[name] = value;
  } else {
    const pointer = `/${leaf.path.join('/')}`;
    out.push({ field: pointer, rule: 'given_twice', repair: 'Give it once.' });
  }
}

/** Makes the reader of a request type, once at the start. */
export function createQueryReader(desc: DescMessage): QueryReader {
  const leaves = new Map<string, Leaf>();
  leavesOf(desc, ['', ''], [], leaves);
  return (query, out) => {
    const fields: Fields = {};
    if (query === '') return fields;
    for (const [name, text] of new URLSearchParams(query)) {
      const leaf = leaves.get(name);
      if (leaf !== undefined) put(fields, leaf, text, out);
      else {
        const field = `/${name.split('.').map(pointerPart).join('/')}`;
        out.push({ field, rule: 'unknown_field', repair: 'Take it away or correct its name.' });
      }
    }
    return fields;
  };
}
