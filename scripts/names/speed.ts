import { loadavg } from 'node:os';
import type { NameKind } from '../../services/blacklist/domain/match/comparison.ts';
import { matcher } from '../../services/blacklist/domain/match/matcher.ts';
import { nameWords } from '../../services/blacklist/rules/names/words.ts';
import { say } from './table.ts';

/** Chance that is the same on every run (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) % 1_000_003) % sides;
  };
}

const onsets = 'b c d f g h k l m n p r s t v w br dr gr kr st tr sh ch al el'.split(' ');
const vowels = 'a e i o u a e i o ai ou'.split(' ');
const ends = ['', '', 'n', 'r', 's', 'l', 'm', 't', 'x', 'nd'];
const hanText =
  '华泰恒信瑞丰盛达通宇鑫源天成博远宏图嘉禾金辉永兴利民万安联合东方长江光明新世纪百创启航云海星河凯旋隆昌富康';

function speakable(roll: (sides: number) => number, syllables: number): string {
  let word = '';
  for (let at = 0; at < syllables; at += 1) {
    word += (onsets[roll(onsets.length)] ?? '') + (vowels[roll(vowels.length)] ?? '');
  }
  return word + (ends[roll(ends.length)] ?? '');
}

type Made = { name: string; kind: NameKind };

/** Names as lists have them: 45 % Latin companies, 30 % persons, 25 % Chinese companies. */
function maker(seed: number): () => Made {
  const roll = dice(seed);
  const pick = (from: readonly string[]) => from[roll(from.length)] ?? '';
  const given = Array.from({ length: 1_500 }, () => speakable(roll, 2));
  const family = Array.from({ length: 30_000 }, () => speakable(roll, 2 + roll(2)));
  const brands = Array.from({ length: 150_000 }, () => speakable(roll, 2 + roll(2)));
  const trades = nameWords.trades.split(/\s+/).filter((word) => word !== '');
  const forms = ['Ltd', 'LLC', 'Inc', 'GmbH', 'S.A.', 'Co., Ltd.', 'OOO', 'JSC', 'Limited'];
  const cities = nameWords.chineseProvinces.split(/\s+/).filter((word) => word !== '');
  const chinese = nameWords.chineseTrades.split(/\s+/).filter((word) => word !== '');
  const letters = [...hanText];
  return () => {
    const chance = roll(100);
    if (chance < 45) {
      const second = roll(3) === 0 ? ` ${pick(brands)}` : '';
      return {
        name: `${pick(brands)}${second} ${pick(trades)} ${pick(forms)}`,
        kind: 'company',
      };
    }
    if (chance < 75) {
      const middle = roll(2) === 0 ? ` ${pick(given)}` : '';
      return { name: `${pick(given)}${middle} ${pick(family)}`, kind: 'person' };
    }
    const brand = pick(letters) + pick(letters) + (roll(2) === 0 ? pick(letters) : '');
    return { name: `${pick(cities)}${brand}${pick(chinese)}有限公司`, kind: 'company' };
  };
}

/** A slip of the pen: a letter lost. */
function slip(name: string, at: number): string {
  const letters = [...name];
  letters.splice(at % letters.length, 1);
  return letters.join('');
}

function at(times: readonly number[], share: number): string {
  return (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
}

/** Milliseconds of processor time of this process, all threads. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function sayTimes(what: string, unsorted: readonly number[]): void {
  const times = unsorted.toSorted((a, b) => a - b);
  say(
    `${what} p50 ${at(times, 0.5)} ms, p90 ${at(times, 0.9)} ms, ` +
      `p99 ${at(times, 0.99)} ms, longest ${at(times, 1)} ms`,
  );
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)} MB`;
}

/** Fills an index with made-up names and measures its answers. */
export function measureSpeed(names: number, queries: number): number {
  if (!Number.isSafeInteger(names) || !Number.isSafeInteger(queries) || names < 1 || queries < 1) {
    say('Give whole numbers of names and queries.');
    return 2;
  }
  const index = matcher(nameWords).nameIndex();
  const make = maker(1);
  const asked: Made[] = [];
  const every = Math.max(1, Math.floor((names * 2) / queries));
  const before = performance.now();
  const cpuBefore = cpuMs();
  for (let id = 0; id < names; id += 1) {
    const { name, kind } = make();
    index.add({ id: String(id), names: [name], kind });
    if (id % every === 0) asked.push({ name: id % 3 === 0 ? name : slip(name, id), kind });
  }
  const seconds = (performance.now() - before) / 1000;
  const size = index.size();
  say(
    `${size.names} names, ${size.words} words, laid out in ${seconds.toFixed(1)} s, ` +
      `${((cpuMs() - cpuBefore) / 1000).toFixed(1)} s of processor time`,
  );
  const strange = maker(2);
  while (asked.length < queries) asked.push(strange());
  // The first searches warm the compiler up and are not counted.
  for (const { name, kind } of asked.slice(0, 100)) index.search(name, { kind, limit: 10 });
  const clock: number[] = [];
  const cpu: number[] = [];
  for (const { name, kind } of asked) {
    const [started, cpuStarted] = [performance.now(), cpuMs()];
    index.search(name, { kind, limit: 10 });
    clock.push(performance.now() - started);
    cpu.push(cpuMs() - cpuStarted);
  }
  say(`${asked.length} searches; load of the machine ${loadavg().map((one) => one.toFixed(1))}`);
  sayTimes('by the clock: ', clock);
  sayTimes('processor time:', cpu);
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  say(
    `memory: ${megabytes(rss)} resident, heap ${megabytes(heapUsed)}, ` +
      `typed ${megabytes(arrayBuffers)}`,
  );
  return 0;
}
