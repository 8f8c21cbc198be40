import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildArguments, engines, type ImageOptions, readImageOptions } from './image.ts';

const root = join(import.meta.dirname, '../..');
const digest = `sha256:${'0a'.repeat(32)}`;
const origin = { version: '1.2.3', revision: 'abc', created: '2026-01-05T09:00:00+08:00' };

function read(...args: string[]): ImageOptions {
  const found = readImageOptions(args, '1.2.3');
  if (found === 'help') throw new Error('help');
  return found;
}

describe('The command line of image', () => {
  it('needs nothing', () => {
    expect(read()).toMatchObject({ tag: 'recourse:1.2.3', engine: undefined, further: [] });
    expect(readImageOptions(['--help'], '1.2.3')).toBe('help');
  });

  it.each([
    [['--engine', 'podman'], { engine: 'podman' }],
    [
      ['--tag', 'house.example:5000/debts/recourse:7'],
      { tag: 'house.example:5000/debts/recourse:7' },
    ],
    [
      ['--base', `mirror.example/node:26-slim@${digest}`],
      { base: `mirror.example/node:26-slim@${digest}` },
    ],
    [['--npm-registry', 'https://npm.example'], { npmRegistry: 'https://npm.example' }],
    [
      ['--sbom', 'a.json', '--', '--network', 'host'],
      { sbom: 'a.json', further: ['--network', 'host'] },
    ],
  ])('takes %j', (args, expected) => {
    expect(read(...args)).toMatchObject(expected);
  });

  it.each([
    [['--engine', 'make'], '--engine make is none of docker, podman, buildah'],
    [['--tag', 'recourse'], '--tag recourse is not a name with a version'],
    [['--base', 'https://mirror.example/node:26'], '--base https://mirror.example/node:26 is not'],
    [['--base', 'node:26@sha256:12'], '--base node:26@sha256:12 is not'],
    [['--npm-registry', 'npm.example'], '--npm-registry npm.example is not an address'],
    [['--fast'], '--fast'],
  ])('refuses %j', (args, words) => {
    expect(() => read(...args)).toThrow(words);
  });
});

describe('A build', () => {
  const asked = read('--base', `node:26@${digest}`, '--npm-registry', 'https://npm.example');

  it.each(engines)('by %s tells the Dockerfile only what it asks for', (engine) => {
    const args = buildArguments(engine, asked, origin);
    const told = args
      .filter((_, at) => args[at - 1] === '--build-arg')
      .map((one) => one.split('=')[0]);
    const dockerfile = readFileSync(join(root, 'deploy/Dockerfile'), 'utf8');
    const declared = [...dockerfile.matchAll(/^ARG (\w+)/gm)].map(([, name]) => name);
    expect(told).toHaveLength(5);
    expect(declared).toEqual(expect.arrayContaining(told));
  });

  it.each(engines)('by %s keeps the HEALTHCHECK', (engine) => {
    const args = buildArguments(engine, asked, origin);
    expect(args.join(' ').includes('--format docker')).toBe(engine !== 'docker');
  });
});

describe('./scripts/image', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'image-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Puts engines on PATH that write down what they are told. */
  function run(scripts: Record<string, string>, ...args: string[]) {
    for (const [name, script] of Object.entries(scripts)) {
      const file = join(folder, name);
      writeFileSync(file, `#!/bin/sh\necho "$0 $*" >> ${folder}/told\n${script}\n`);
      chmodSync(file, 0o755);
    }
    const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` };
    const made = join(root, 'scripts/image.ts');
    return spawnSync(process.execPath, [made, ...args], { env, encoding: 'utf8' });
  }

  it('takes the first engine that answers, and says how large the image is', () => {
    const size = 'case "$1" in images) echo 394 MB;; esac';
    const done = run(
      { docker: 'exit 1', podman: size },
      '--tag',
      'recourse:9',
      '--',
      '--pull=never',
    );
    expect(done.stdout).toMatch(/^recourse:9: 394 MB, built with podman in \d+ s$/m);
    expect(done.status).toBe(0);
    const told = readFileSync(join(folder, 'told'), 'utf8');
    expect(told).toMatch(/podman build --format docker .*--tag recourse:9 .*--pull=never \.$/m);
    expect(told).toMatch(/REVISION=[\da-f]{40}/);
  });

  it('ends in words when the engine fails', () => {
    const broken = { podman: '[ "$1" = version ]' };
    const done = run(broken, '--engine', 'podman');
    expect(done.stdout).toContain('podman build failed');
    expect(done.status).toBe(1);
  });
});
