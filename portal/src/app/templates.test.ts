import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const app = import.meta.dirname;

function linesOf(pattern: RegExp): { file: string; line: number; text: string }[] {
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(file))
    .flatMap((file) =>
      readFileSync(join(app, file), 'utf8')
        .split('\n')
        .map((text, index) => ({ file, line: index + 1, text })),
    );
}

function found(lines: ReturnType<typeof linesOf>, pattern: RegExp): string[] {
  return lines
    .filter(({ text }) => pattern.test(text))
    .map((l) => `${l.file}:${l.line} ${l.text.trim()}`);
}

const source = linesOf(/(?<!\.test)\.ts$|\.html$/);

describe('what is written in templates and styles', () => {
  it('has no style attribute: the policy refuses it, bind [style.x] instead', () => {
    expect(found(source, /<[a-z][^>]*\sstyle="|^\s*style="/)).toEqual([]);
  });

  it('has no inline handler and no innerHTML: text comes through bindings', () => {
    expect(found(source, /\son[a-z]+="|innerHTML|bypassSecurityTrust/)).toEqual([]);
  });

  it('has no Chinese outside dictionaries: every text has its English', () => {
    const dictionaries = new Set(
      source.filter(({ text }) => /[= ]words\($/.test(text.trimEnd())).map(({ file }) => file),
    );
    const speaking = source.filter(
      ({ file }) => !dictionaries.has(file) && !/parse-|top-bar\.ts$/.test(file),
    );
    expect(found(speaking, /^(?!\s*(\/?\*|\/\/)).*['"`>][^'"`]*\p{Script=Han}/u)).toEqual([]);
  });

  it('takes every colour from the tokens, so that dark mode has it too', () => {
    const styles = [...linesOf(/\.scss$/), ...source];
    expect(
      found(styles, /(?:color|background|border[a-z-]*|fill|stroke):[^;]*#[0-9a-f]{3,8}\b/i),
    ).toEqual([]);
  });
});
