import type { OpenApi, Operation } from './api-form.ts';
import { noncePlaceholder } from './armour.ts';
import { problemKinds } from './problem.ts';
import type { Schema } from './schemas.ts';
import { advice, titles } from './words.ts';

/** Writes the API's description as one page for people: no script, nothing from elsewhere. */

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Paragraphs and `code`, which is all that the descriptions use. */
function prose(text: unknown): string {
  if (typeof text !== 'string' || text === '') return '';
  const paragraphs = escaped(text).split('\n\n');
  return paragraphs
    .map((one) => `<p>${one.replaceAll(/`([^`]+)`/g, '<code>$1</code>')}</p>`)
    .join('');
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refName(schema: Schema): string | undefined {
  const ref = schema['$ref'];
  return typeof ref === 'string' ? ref.split('/').at(-1) : undefined;
}

const shownChecks = ['pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems'];
const moreChecks = ['maxItems', 'x-minimum', 'x-maximum', 'x-format'];

/** `text ≤ 200`, `list of Money`: a type as a reader takes it in at a glance. */
function typeWords(schema: Schema): string {
  const ref = refName(schema);
  if (ref !== undefined) return `<a href="#schema-${escaped(ref)}">${escaped(ref)}</a>`;
  const { items, additionalProperties: values } = schema;
  if (isSchema(items)) return `list of ${typeWords(items)}`;
  if (isSchema(values)) return `map to ${typeWords(values)}`;
  const checks = [...shownChecks, ...moreChecks]
    .filter((name) => schema[name] !== undefined && name !== 'pattern')
    .map((name) => `${name.replace('x-', '')} ${String(schema[name])}`);
  const words = [schema['type'], schema['format'], ...checks].filter((one) => one !== undefined);
  return escaped(words.map(String).join(', '));
}

function row(name: string, mark: string, schema: Schema, description: unknown): string {
  const cells = [`<code>${escaped(name)}</code>${mark}`, typeWords(schema), prose(description)];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function propertiesTable(schema: Schema): string {
  const { properties, required } = schema;
  if (!isSchema(properties)) return '';
  const needed = Array.isArray(required) ? required : [];
  const rows = Object.entries(properties).map(([name, value]) => {
    const field = isSchema(value) ? value : {};
    return row(name, needed.includes(name) ? ' *' : '', field, field['description']);
  });
  return rows.length === 0 ? '' : `<table>${rows.join('')}</table>`;
}

function parameterRow(api: OpenApi, parameter: Schema): string {
  const name = refName(parameter);
  const { parameters } = api.components;
  const given = name === undefined ? parameter : parameters?.[name];
  if (!isSchema(given)) return '';
  const schema = isSchema(given['schema']) ? given['schema'] : {};
  const mark = given['required'] === true ? ' *' : '';
  return row(
    `${String(given['name'])} (${String(given['in'])})`,
    mark,
    schema,
    given['description'],
  );
}

/** The first schema of a body's or answer's content, whatever its media type. */
function contentSchema(part: unknown): Schema | undefined {
  const content = isSchema(part) ? part['content'] : undefined;
  const [first] = isSchema(content) ? Object.values(content) : [];
  const schema = isSchema(first) ? first['schema'] : undefined;
  return isSchema(schema) ? schema : undefined;
}

function operationSection(api: OpenApi, verb: string, path: string, operation: Operation): string {
  const id = escaped(operation.operationId);
  const parameters = operation.parameters.map((one) => parameterRow(api, one)).join('');
  const body = contentSchema(operation.requestBody);
  const answer = contentSchema(operation.responses['200']);
  return [
    `<section id="${id}"><h3><b class="${verb}">${verb.toUpperCase()}</b> ${escaped(path)}</h3>`,
    prose(operation.description),
    parameters === '' ? '' : `<table>${parameters}</table>`,
    body === undefined ? '' : `<h4>Body</h4>${propertiesTable(body)}`,
    answer === undefined ? '' : `<h4>Answer</h4><p>${typeWords(answer)}</p>`,
    '</section>',
  ].join('');
}

function tagSections(api: OpenApi): string {
  const operations = Object.entries(api.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ path, verb, operation })),
  );
  const sections = api.tags.map((tag) => {
    const own = operations.filter((one) => one.operation.tags.includes(tag.name));
    const parts = own.map((one) => operationSection(api, one.verb, one.path, one.operation));
    const id = escaped(tag.name);
    return `<h2 id="tag-${id}">${id}</h2>${prose(tag.description)}${parts.join('')}`;
  });
  return sections.join('');
}

function problemSection(): string {
  const rows = problemKinds.map(({ kind, status }) => {
    const names = `${escaped(titles.en[kind])}<br>${escaped(titles['zh-CN'][kind])}`;
    const cells = [`<code>${kind}</code>`, String(status), names, prose(advice[kind])];
    return `<tr id="problem-${kind}">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<h2 id="problems">Problems</h2><table>${rows.join('')}</table>`;
}

function schemaSections(api: OpenApi): string {
  const sections = Object.entries(api.components['schemas'] ?? {}).map(([name, value]) => {
    const schema = isSchema(value) ? value : {};
    const values = schema['enum'];
    const list = Array.isArray(values)
      ? `<p><code>${values.map(String).join(' · ')}</code></p>`
      : '';
    const head = `<section id="schema-${escaped(name)}"><h3>${escaped(name)}</h3>`;
    return `${head}${prose(schema['description'])}${list}${propertiesTable(schema)}</section>`;
  });
  return `<h2 id="types">Types</h2>${sections.join('')}`;
}

const style = `
:root{color-scheme:light dark;--line:#8884;--soft:#8882}
body{font:14px/1.5 system-ui,"PingFang SC","Noto Sans SC",sans-serif}
body{margin:0 auto;max-width:70rem;padding:1rem}
nav a{margin-right:1rem}h2{border-bottom:1px solid var(--line);margin-top:3rem}
section{margin:1.5rem 0}h3{font-size:1rem;overflow-wrap:anywhere}h4{margin:.5rem 0}
b{background:var(--soft);border-radius:4px;padding:.1rem .4rem;font-size:.8rem}
table{border-collapse:collapse;width:100%}
td{border-top:1px solid var(--line);padding:.3rem;vertical-align:top}
td:first-child{width:16rem;overflow-wrap:anywhere}td p{margin:0}
code{font-size:.9em}:target{background:var(--soft)}`;

/** The page; its style carries the nonce placeholder of the page policy. */
export function createPage(api: OpenApi): string {
  const links = [...api.tags.map((tag) => [`tag-${tag.name}`, tag.name]), ['problems', 'Problems']];
  const nav = [...links, ['types', 'Types']]
    .map(([id, name]) => `<a href="#${escaped(id ?? '')}">${escaped(name ?? '')}</a>`)
    .join('');
  const { title, version, description } = api.info;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(String(title))} API</title>`,
    `<style nonce="${noncePlaceholder}">${style}</style></head><body>`,
    `<h1>${escaped(String(title))} API <small>${escaped(String(version))}</small></h1>`,
    prose(description),
    `<p><a href="/api/openapi.json">OpenAPI 3.1</a></p><nav>${nav}</nav>`,
    tagSections(api),
    problemSection(),
    schemaSections(api),
    '</body></html>',
  ].join('\n');
}
