/** Small bad files, each with the line on which its rule must find something. */

export type Sample = {
  rule: string;
  name: string;
  files: Readonly<Record<string, string>>;
  line: number;
};

/** One bad file of one rule. */
function bad<R extends string>(rule: R, name: string, path: string, text: string, line = 1) {
  return { rule, name, files: { [path]: text }, line };
}

/** A word by itself: so a banned one does not stand here together with what makes it banned. */
function spell(word: string): string {
  return word;
}

const left = 'has no left-overs, silenced checkers, mocks, machine paths or registry hosts';
const size = 'keeps lines and files short';
const named = 'names things by their noun and has no barrels';
const typed = 'lets the compiler check everything';
const pure = 'decides purely in the domain';
const money = 'has no float money';
const direction = 'imports in one direction';
const access = 'says of every method who may call';

const domain = 'services/cases/domain/case.ts';
const store = 'services/cases/store.ts';
const anyWord = spell('any');

function method(option: string): string {
  return `service Cases {\n  rpc Open(OpenRequest) returns (OpenResponse) {\n${option}\n  }\n}\n`;
}

const accessOf = (inside: string) => `    option (recourse.options.v1.access) = { ${inside} };`;

export const samples = [
  bad(left, 'a note as a source', store, `const source = '${spell('domain')}.md 2';`),
  bad(left, 'a note for later', store, `const a = 1;\n// ${spell('TO')}${spell('DO')}: more\n`, 2),
  bad(left, 'a silenced compiler', store, `// @ts-${spell('ignore')}\n`),
  bad(left, 'a silenced linter', store, `/* oxlint-${spell('disable')} */\n`),
  bad(left, 'a focused test', 'services/cases/a.test.ts', `it.${spell('only')}('x', f);\n`),
  bad(left, 'a skipped test', 'services/cases/a.test.ts', `describe.${spell('skip')}('x', f);\n`),
  bad(left, 'a mock', 'services/cases/a.test.ts', `jest.${spell('mock')}('./store.ts');\n`),
  bad(left, 'console output', store, `console.${spell('log')}('x');\n`),
  bad(left, 'a machine path', 'README.md', `see /${spell('work')}/main/README.md\n`),
  bad(
    left,
    'a registry host',
    'README.md',
    `npm config set registry https://registry.${spell('npmjs')}.org\n`,
  ),
  bad(size, 'a long line', store, `const a = '${'x'.repeat(100)}';\n`),
  bad(size, 'a long file', store, 'const a = 1;\n'.repeat(401), 401),
  bad(
    'keeps functions short',
    'a long function',
    store,
    `function f() {\n${'  g();\n'.repeat(70)}}\n`,
  ),
  bad('gives tests time', 'a hurried test', 'a.test.ts', "it('x', f, 20_000);\n"),
  bad('gives tests time', 'a hurried table', 'a.test.ts', "it.each([1])('x', f, 5_000);\n"),
  bad('gives tests time', 'a hurried file', 'a.test.ts', `${spell('jest')}.setTimeout(9_000);\n`),
  bad(named, 'an index file', 'services/cases/index.ts', 'export const a = 1;\n'),
  bad(named, 'a catch-all file', 'services/cases/utils.ts', 'export const a = 1;\n'),
  bad(named, 'a catch-all folder', 'portal/src/app/shared/chip.ts', 'export const a = 1;\n'),
  bad(named, 'a barrel', store, "export * from './case.ts';\n"),
  bad(named, 'a re-export', store, "\nexport { a } from './case.ts';\n", 2),
  bad(typed, 'a parameter of every type', store, `function f(a: ${anyWord}) {}\n`),
  bad(typed, 'a cast to every type', store, `const a = b as ${anyWord};\n`),
  bad(typed, 'a list of every type', store, `const a: ${anyWord}[] = [];\n`),
  bad(typed, 'an assertion', store, 'const a = b\n  .find(c)!.name;\n', 1),
  bad(
    'reads the environment in one place',
    'a setting read by a service',
    store,
    "const a = process.env['A'];\n",
  ),
  bad(pure, 'a wait', domain, 'export const f = () => {\n  await g();\n};\n', 2),
  bad(pure, 'an async function', domain, 'export async function f() {}\n'),
  bad(pure, 'the clock', domain, 'const a = Temporal.Now.instant();\n'),
  bad(pure, 'Date', domain, 'const a = new Date();\n'),
  bad(pure, 'Date.now', domain, 'const a = Date.now();\n'),
  bad(pure, 'chance', domain, 'const a = Math.random();\n'),
  bad(pure, 'the process', domain, 'const a = process.pid;\n'),
  bad(money, 'parseFloat', store, "const a = parseFloat('1.5');\n"),
  bad(money, 'toFixed', store, 'const a = b.toFixed(2);\n'),
  bad(money, 'a float made of minor units', store, 'const a = Number(payment.minor) / 100;\n'),
  bad(money, 'an amount that is a number', store, 'type A = {\n  amountMinor: number;\n};\n', 2),
  bad(direction, 'a domain that reads the store', domain, "import { a } from '../store.ts';\n"),
  bad(
    direction,
    'a domain that uses an edge of the kit',
    domain,
    "import { openDb } from '@recourse/kit/db.ts';\n",
  ),
  bad(
    direction,
    'a domain that runs code of the contract',
    domain,
    "import { Case } from '@recourse/proto/cases/v1/cases.ts';\n",
  ),
  bad(direction, 'a domain that imports a package', domain, "import { join } from 'node:path';\n"),
  bad(
    direction,
    'a service that imports another',
    'services/cases/rpc.ts',
    "import { place } from '@recourse/agencies/domain/placement.ts';\n",
  ),
  bad(
    direction,
    'the same by a relative path',
    'services/cases/rpc.ts',
    "import { place } from '../agencies/domain/placement.ts';\n",
  ),
  bad(
    direction,
    'the kit importing a service',
    'services/kit/rpc.ts',
    "import { open } from '../cases/domain/case.ts';\n",
  ),
  bad(
    direction,
    'a pure file of the kit at the edge',
    'services/kit/day.ts',
    "import { createLog } from './log.ts';\n",
  ),
  bad(
    direction,
    'rpc that imports inbox',
    'services/cases/rpc.ts',
    "import { a } from './inbox.ts';\n",
  ),
  bad(direction, 'a store that imports rpc', store, "import { a } from './rpc/cases.ts';\n"),
  bad(direction, 'SQL outside the store', 'services/cases/rpc.ts', "import pg from 'pg';\n"),
  bad(
    direction,
    'a service that imports a script',
    store,
    "import { a } from '../../scripts/gen.ts';\n",
  ),
  bad(
    direction,
    'a portal that imports a service',
    'portal/src/app/a.ts',
    "import { money } from '@recourse/kit/money.ts';\n",
  ),
  {
    rule: 'has no circles of imports',
    name: 'two files that need each other',
    line: 1,
    files: {
      'services/cases/a.ts': "import { b } from './b.ts';\n",
      'services/cases/b.ts': "\nimport { c } from './c.ts';\n",
      'services/cases/c.ts': "import { a } from './a.ts';\n",
    },
  },
  {
    rule: 'names the packages that each service uses',
    name: 'a package nobody named',
    line: 1,
    files: {
      'services/cases/package.json': '{ "dependencies": { "pino": "10.0.0" } }',
      'services/cases/rpc.ts': "import { jwtVerify } from 'jose';\n",
    },
  },
  bad(access, 'a method without the option', 'proto/recourse/cases/v1/cases.proto', method(''), 2),
  bad(
    access,
    'a method without a body',
    'proto/recourse/cases/v1/cases.proto',
    'service Cases {\n\n  rpc Open(OpenRequest) returns (OpenResponse);\n}\n',
    3,
  ),
  bad(
    access,
    'a method without a role',
    'proto/recourse/cases/v1/cases.proto',
    method(accessOf('changes: true')),
    2,
  ),
  bad(
    access,
    'a role that nobody has',
    'proto/recourse/cases/v1/cases.proto',
    method(accessOf('roles: ["director", "boss"]')),
    2,
  ),
  bad('explains each service on one screen', 'a service without README', store, 'const a = 1;\n'),
  {
    rule: 'explains each service on one screen',
    name: 'a README that scrolls',
    line: 81,
    files: { [store]: 'const a = 1;\n', 'services/cases/README.md': 'word\n'.repeat(81) },
  },
  bad('pins every version', 'a range', 'services/cases/package.json', '{\n "pg": "^8.0.0"\n}\n', 2),
] as const satisfies readonly Sample[];
