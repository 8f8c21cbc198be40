import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findKeycloak } from '../../scripts/machine/keycloak-dist.ts';
import { openReal } from './real.ts';
import { tokenSuite } from './suite.ts';

const say = (words: string) => void process.stderr.write(`${words}\n`);
const tools = join(import.meta.dirname, '..', '..', '.data', 'tools');
const found = await findKeycloak({ tools, given: process.env, say });

describe('A real Keycloak', () => {
  if ('dist' in found) {
    tokenSuite(() => openReal(found.dist));
    return;
  }
  say(`\nSKIPPED: the tokens of a real Keycloak: ${found.why}\n`);
  it('is left out for a reason that says what can be done', () => {
    expect(found.why).toMatch(/RECOURSE_KEYCLOAK=0|needs Java|Maven|mvn|KEYCLOAK_DIST|failed/);
  });
});
