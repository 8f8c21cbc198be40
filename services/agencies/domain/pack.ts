import type { Actor } from '@recourse/proto/type/v1/type.ts';

/**
 * What a creditor hands over with a case (委外资料包, domain.md 6.4): contract, vouchers and statements
 * as papers; the debtor's background, the liaison and the floor for settlements as said.
 */
export const packItems = [
  'CONTRACT',
  'VOUCHER',
  'STATEMENT',
  'BACKGROUND',
  'LIAISON',
  'FLOOR',
] as const;

export type PackItem = (typeof packItems)[number];

export type Liaison = { name: string; phone: string; email: string; authority: string };

export type PackPaper = {
  paperId: string;
  item: PackItem;
  title: string;
  file: { fileId: string; fileName: string; mediaType: string; sizeBytes: bigint };
  addedBy: Actor;
  addedAt: Temporal.Instant;
};

/** What was written for one case. Version 0 is one that nobody has written. */
export type PackFile = {
  background: string;
  liaison: Liaison | undefined;
  floorBps: number | undefined;
  /** Who placed the case last; '' while nobody has. */
  placedBy: string;
  version: bigint;
};

export const emptyPackFile: PackFile = {
  background: '',
  liaison: undefined,
  floorBps: undefined,
  placedBy: '',
  version: 0n,
};

/** What holds for all packs of a creditor. Version 0 is the one that ships. */
export type PackPolicy = {
  required: readonly PackItem[];
  liaison: Liaison | undefined;
  floorBps: number | undefined;
  version: bigint;
  changedBy?: Actor | undefined;
  changedAt?: Temporal.Instant | undefined;
};

export type Pack = {
  background: string;
  liaison: Liaison | undefined;
  liaisonIsOwn: boolean;
  /** Basis points of what is owed. */
  floorBps: number;
  floorIsOwn: boolean;
  papers: readonly PackPaper[];
  present: PackItem[];
  required: readonly PackItem[];
  missing: PackItem[];
  version: bigint;
};

function placing(name: string): Liaison | undefined {
  return name === '' ? undefined : { name, phone: '', email: '', authority: '' };
}

/** What stands where neither the case nor the policy says anything: the rules' floor, a name. */
export type PackDefaults = { floorBps: number; placer: string };

/**
 * The pack of a case: what was written for it, where nothing was what the policy says, and whoever
 * placed the case (or is about to) as liaison when nobody else is named.
 */
export function packOf(
  file: PackFile,
  papers: readonly PackPaper[],
  policy: PackPolicy,
  defaults: PackDefaults,
): Pack {
  const name = file.placedBy === '' ? defaults.placer : file.placedBy;
  const liaison = file.liaison ?? policy.liaison ?? placing(name);
  const has: Record<PackItem, boolean> = {
    CONTRACT: papers.some(({ item }) => item === 'CONTRACT'),
    VOUCHER: papers.some(({ item }) => item === 'VOUCHER'),
    STATEMENT: papers.some(({ item }) => item === 'STATEMENT'),
    BACKGROUND: file.background.trim() !== '',
    LIAISON: liaison !== undefined,
    // What is not said is said by the policy or the rules.
    FLOOR: true,
  };
  const required = packItems.filter((item) => policy.required.includes(item));
  return {
    background: file.background,
    liaison,
    liaisonIsOwn: file.liaison !== undefined,
    floorBps: file.floorBps ?? policy.floorBps ?? defaults.floorBps,
    floorIsOwn: file.floorBps !== undefined,
    papers,
    present: packItems.filter((item) => has[item]),
    required,
    missing: required.filter((item) => !has[item]),
    version: file.version,
  };
}

/** Which items are papers, and so are uploaded; the others are written. */
export function isPaperItem(item: PackItem): boolean {
  return item === 'CONTRACT' || item === 'VOUCHER' || item === 'STATEMENT';
}
