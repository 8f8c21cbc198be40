import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { iconDrawings, takeSprite } from './icon-drawings';
import { iconNames } from './icon-names';

const sprite = readFileSync(join(import.meta.dirname, '../../../public/icons.svg'), 'utf8');

describe('the icons', () => {
  it('are read from the sprite by name', () => {
    takeSprite(sprite);
    expect([...iconDrawings().keys()]).toEqual([...iconNames]);
    expect(iconDrawings().get('today')).toMatch(/^M[\d\s.MmHhVvLlQqTtZz-]+$/);
  });

  it('are each drawn once in the sprite, and nothing else is', () => {
    const drawn = [...sprite.matchAll(/<symbol id="([^"]+)"/g)].map((match) => match[1]);
    expect(drawn).toEqual([...iconNames]);
  });

  it('name their licence', () => {
    expect(sprite).toContain('Apache License 2.0');
  });
});
