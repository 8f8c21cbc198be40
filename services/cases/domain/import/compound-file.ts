import { damagedWorkbook, truncatedWorkbook } from './file-fault.ts';

/** A compound file ([MS-CFB]): a small file system in which old Office programs keep theirs. */
export type CompoundFile = {
  /** Names of what stands at the top, in lower case. */
  names: ReadonlySet<string>;
  /** The bytes of a stream at the top; undefined where there is none of this name. */
  stream(name: string): Uint8Array | undefined;
};

/** Sector numbers from here on are marks: end of chain, free, FAT, DIFAT ([MS-CFB] 2.1). */
const firstMark = 0xff_ff_ff_fa;
const none = 0xff_ff_ff_ff;
const entryBytes = 128;
/** FAT sectors that the header itself lists ([MS-CFB] 2.2); further ones are chained. */
const inHeader = 109;

type Entry = {
  name: string;
  isStream: boolean;
  left: number;
  right: number;
  child: number;
  start: number;
  size: number;
};

type Disk = {
  bytes: Uint8Array;
  view: DataView;
  sectorBytes: number;
  sectors: number;
  fat: readonly number[];
};

function u32(view: DataView, at: number): number {
  if (at + 4 > view.byteLength) throw truncatedWorkbook('a compound file cut short');
  return view.getUint32(at, true);
}

/** Where the FAT's sectors are: 109 in the header, the rest in a chain of their own. */
function fatSectors(view: DataView, sectorBytes: number, sectors: number): number[] {
  const found: number[] = [];
  const take = (from: number, count: number): void => {
    for (let nth = 0; nth < count; nth += 1) {
      const sector = u32(view, from + nth * 4);
      if (sector < firstMark) found.push(sector);
    }
  };
  take(0x4c, inHeader);
  const perSector = sectorBytes / 4 - 1;
  let next = u32(view, 0x44);
  for (let seen = 0; next < firstMark; seen += 1) {
    if (seen > sectors) throw damagedWorkbook('a sector chain without an end');
    const from = (next + 1) * sectorBytes;
    take(from, perSector);
    next = u32(view, from + perSector * 4);
  }
  return found;
}

/** The sectors of a chain in a table of followers, in order. */
function chain(start: number, most: number, follower: (sector: number) => number): number[] {
  const sectors: number[] = [];
  for (let sector = start; sector < firstMark; sector = follower(sector)) {
    if (sectors.length > most) throw damagedWorkbook('a sector chain without an end');
    sectors.push(sector);
  }
  return sectors;
}

/** Pieces of equal size in a row as one; without a copy where they follow one another. */
function joined(from: Uint8Array, places: readonly number[], piece: number, size: number) {
  const [first = 0] = places;
  if (size > places.length * piece) throw truncatedWorkbook('a stream shorter than stated');
  if (places.every((place, nth) => place === first + nth * piece)) {
    if (first + size > from.length) throw truncatedWorkbook('a compound file cut short');
    return from.subarray(first, first + size);
  }
  const whole = new Uint8Array(size);
  for (const [nth, place] of places.entries()) {
    const wanted = Math.min(piece, size - nth * piece);
    if (wanted <= 0) break;
    if (place + wanted > from.length) throw truncatedWorkbook('a compound file cut short');
    whole.set(from.subarray(place, place + wanted), nth * piece);
  }
  return whole;
}

function places({ view, sectorBytes, sectors, fat }: Disk, start: number): number[] {
  const perSector = sectorBytes / 4;
  const follower = (sector: number): number => {
    const table = fat[Math.floor(sector / perSector)];
    if (table === undefined) throw damagedWorkbook('a sector that no table lists');
    return u32(view, (table + 1) * sectorBytes + (sector % perSector) * 4);
  };
  return chain(start, sectors, follower).map((sector) => (sector + 1) * sectorBytes);
}

function openDisk(bytes: Uint8Array): Disk {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 512) throw truncatedWorkbook('a compound file cut short');
  const shift = view.getUint16(0x1e, true);
  if (shift !== 9 && shift !== 12) throw damagedWorkbook('the header of a compound file');
  const sectorBytes = 2 ** shift;
  const sectors = Math.ceil(bytes.length / sectorBytes);
  return { bytes, view, sectorBytes, sectors, fat: fatSectors(view, sectorBytes, sectors) };
}

/** The directory's entries ([MS-CFB] 2.6.1), the root storage first. */
function readEntries(disk: Disk): Entry[] {
  const at = places(disk, u32(disk.view, 0x30));
  const bytes = joined(disk.bytes, at, disk.sectorBytes, at.length * disk.sectorBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder('utf-16le');
  const entries: Entry[] = [];
  for (let from = 0; from + entryBytes <= bytes.length; from += entryBytes) {
    const length = Math.min(64, Math.max(0, view.getUint16(from + 64, true) - 2));
    entries.push({
      name: decoder.decode(bytes.subarray(from, from + length)).toLowerCase(),
      isStream: view.getUint8(from + 66) === 2,
      left: view.getUint32(from + 68, true),
      right: view.getUint32(from + 72, true),
      child: view.getUint32(from + 76, true),
      start: view.getUint32(from + 116, true),
      size: view.getUint32(from + 120, true),
    });
  }
  return entries;
}

/** What stands at the top; objects embedded in a workbook have a workbook of their own below. */
function atTop(entries: readonly Entry[]): Map<string, Entry> {
  const found = new Map<string, Entry>();
  const seen = new Set<number>();
  const waiting = [entries[0]?.child ?? none];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const entry = entries[id];
    if (entry === undefined || seen.has(id)) continue;
    seen.add(id);
    found.set(entry.name, entry);
    waiting.push(entry.left, entry.right);
  }
  return found;
}

/**
 * Opens a compound file. Short streams stand together in the root's, in pieces of their own size
 * ([MS-CFB] 2.4). Throws `xlsx_damaged`, `xlsx_truncated`.
 */
export function compoundFile(bytes: Uint8Array): CompoundFile {
  const disk = openDisk(bytes);
  const entries = readEntries(disk);
  const top = atTop(entries);
  const read = (start: number, size: number): Uint8Array =>
    joined(disk.bytes, places(disk, start), disk.sectorBytes, size);

  function short({ start, size }: Entry): Uint8Array {
    const piece = 2 ** disk.view.getUint16(0x20, true);
    const [root] = entries;
    const container = read(root?.start ?? none, root?.size ?? 0);
    const at = places(disk, u32(disk.view, 0x3c));
    const table = joined(disk.bytes, at, disk.sectorBytes, at.length * disk.sectorBytes);
    const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
    const sectors = chain(start, table.length / 4, (sector) => u32(view, sector * 4));
    return joined(
      container,
      sectors.map((sector) => sector * piece),
      piece,
      size,
    );
  }
  return {
    names: new Set(top.keys()),
    stream: (name) => {
      const entry = top.get(name.toLowerCase());
      if (entry?.isStream !== true) return undefined;
      const isShort = entry.size < u32(disk.view, 0x38);
      return isShort ? short(entry) : read(entry.start, entry.size);
    },
  };
}
