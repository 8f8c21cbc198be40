import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readConfig, serviceVariables } from './config.ts';
import type { Fault } from './fault.ts';

const folder = mkdtempSync(join(tmpdir(), 'recourse-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const spec = {
  NAME: { kind: 'text', doc: 'A name.' },
  PORT: { kind: 'port', doc: 'A port.' },
  SIZE: { kind: 'whole', fallback: '20', doc: 'A size.' },
  OPEN: { kind: 'flag', fallback: 'false', doc: 'Whether open.' },
  HOME: { kind: 'url', optional: true, doc: 'A home.' },
  MODE: { kind: 'choice', choices: ['slow', 'fast'], fallback: 'slow', doc: 'A mode.' },
  KEY: { kind: 'secret', doc: 'A key.' },
} as const;

const given = { NAME: 'n', PORT: '8080', KEY: 'k' };

function faultsOf(source: Record<string, string | undefined>): string[] {
  try {
    readConfig(spec, source);
    return [];
  } catch (thrown) {
    return (thrown as Fault).violations.map((one) => `${one.field} ${one.rule}`);
  }
}

describe('a configuration', () => {
  it('has typed values, with fallbacks and absent optional ones', () => {
    expect(readConfig(spec, given)).toEqual({
      NAME: 'n',
      PORT: 8080,
      SIZE: 20,
      OPEN: false,
      HOME: undefined,
      MODE: 'slow',
      KEY: 'k',
    });
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readConfig(spec, given))).toBe(true);
  });

  it('takes a value from the file that NAME_FILE names', () => {
    const file = join(folder, 'key');
    writeFileSync(file, 'from a file\n');
    const config = readConfig(spec, { ...given, KEY: '', KEY_FILE: file });
    expect(config.KEY).toBe('from a file');
  });

  it('reports every fault at once, by name', () => {
    const source = { PORT: '70000', SIZE: '-1', OPEN: 'yes', HOME: 'nowhere', MODE: 'medium' };
    expect(faultsOf({ ...source, KEY_FILE: join(folder, 'absent') })).toEqual([
      'NAME required',
      'PORT not_a_port',
      'SIZE not_a_whole_number',
      'OPEN not_a_flag',
      'HOME not_a_url',
      'MODE not_a_choice',
      'KEY file_unreadable',
    ]);
  });

  it('never repeats a value in a fault', () => {
    try {
      readConfig(spec, { ...given, HOME: 'postgres-password-hunter2' });
    } catch (thrown) {
      expect(JSON.stringify(thrown) + String(thrown)).not.toContain('hunter2');
    }
    expect.assertions(1);
  });

  it('takes several URLs divided by commas', () => {
    expect(faultsOf({ ...given, HOME: 'nats://a:4222,nats://b:4222' })).toEqual([]);
    expect(faultsOf({ ...given, HOME: 'nats://a:4222,b' })).toEqual(['HOME not_a_url']);
  });

  it('takes an empty variable as an absent one', () => {
    expect(faultsOf({ ...given, NAME: '' })).toEqual(['NAME required']);
  });
});

describe('the variables of a service', () => {
  it.each(Object.entries(serviceVariables))('%s is documented', (_name, variable) => {
    expect(variable.doc).toMatch(/^[A-Z].+[^.]\.$/);
  });

  it('have no secret with a fallback', () => {
    const secrets = Object.values(serviceVariables).filter((one) => one.kind === 'secret');
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.filter((one) => 'fallback' in one)).toEqual([]);
  });
});
