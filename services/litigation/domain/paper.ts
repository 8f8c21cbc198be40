import type { Day } from '@recourse/kit/day.ts';
import { decimalText, type Money } from '@recourse/kit/money.ts';
import type {
  Claim,
  DebtType,
  Judgment,
  Party,
  PartyRole,
} from '@recourse/proto/litigation/v1/matters.ts';
import type { DocumentKind } from '@recourse/proto/litigation/v1/papers.ts';
import { yuanInWords } from './amount-words.ts';
import { inEffect } from './judgment-debt.ts';
import type { Matter } from './matter.ts';

/** A document as rule data: its fixed words, in the order in which they stand. */
export type Template = {
  kind: DocumentKind;
  version: string;
  source: string;
  title: string;
  plaintiff: string;
  defendant: string;
  asksHeading: string;
  ask: string;
  closing: string;
  factsHeading: string;
  facts: readonly string[];
  end: string;
  signature: string;
  /** Parties who have no place in it: a payment order does not bind a guarantor (legal.md 2.5). */
  leavesOut?: readonly PartyRole[];
};

/** A part of a document; how each looks is the printer's business. */
export type Block = {
  kind: 'title' | 'heading' | 'paragraph' | 'addressee' | 'right';
  text: string;
};

/** What a blank in the printed document looks like. */
const blankText = '＿＿＿＿';

type Filling = {
  matter: Matter;
  court: string;
  facts: string;
  evidence: readonly string[];
  debtWord: string;
  today: Day;
};

/** Collects what the template wants and the matter does not say. */
type Blanks = { names: string[]; or(value: string, name: string): string };

function blanksOf(): Blanks {
  const names: string[] = [];
  return {
    names,
    or: (value, name) => {
      if (value.trim() !== '') return value;
      if (!names.includes(name)) names.push(name);
      return blankText;
    },
  };
}

function amountText(amount: Money): string {
  if (amount.currency !== 'CNY') return `${amount.currency} ${decimalText(amount)}`;
  return `人民币${decimalText(amount)}元（大写：${yuanInWords(amount.minor)}）`;
}

function partyText(label: string, party: Party, blanks: Blanks): string {
  const { name, partyId } = party;
  const id = `${label}${party.role} ${partyId}`;
  const field = (value: string, what: string): string => blanks.or(value, `${id} ${what}`);
  return (
    `${label}：${name}，统一社会信用代码：${field(party.creditCode, 'credit_code')}，` +
    `住所地：${field(party.address, 'address')}，` +
    `法定代表人：${field(party.legalRepresentative, 'legal_representative')}，` +
    `联系电话：${field(party.phone, 'phone')}。`
  );
}

function partiesOf(template: Template, { matter }: Filling, blanks: Blanks): Block[] {
  const lines = (role: PartyRole, label: string): Block[] =>
    matter.parties
      .filter((party) => party.role === role && template.leavesOut?.includes(role) !== true)
      .map((party) => ({ kind: 'paragraph', text: partyText(label, party, blanks) }));
  const { engagement } = matter;
  const lawyer =
    engagement === undefined
      ? []
      : [
          {
            kind: 'paragraph' as const,
            text: `委托诉讼代理人：${engagement.lawyerName}，${engagement.firm}律师。`,
          },
        ];
  return [
    ...lines('PARTY_ROLE_PLAINTIFF', template.plaintiff),
    ...lawyer,
    ...lines('PARTY_ROLE_DEFENDANT', template.defendant),
    ...lines('PARTY_ROLE_GUARANTOR', `${template.defendant}（保证人）`),
    ...lines('PARTY_ROLE_THIRD_PARTY', '第三人'),
  ];
}

function claimText(claim: Claim, debtWord: string): string {
  const words = {
    CLAIM_KIND_UNSPECIFIED: '欠款',
    CLAIM_KIND_PRINCIPAL: debtWord,
    CLAIM_KIND_INTEREST: '利息（逾期付款损失）',
    CLAIM_KIND_COSTS: '实现债权的费用',
  };
  const amount = claim.amount === undefined ? '' : amountText(claim.amount);
  const basis = claim.basis === '' ? '' : `（${claim.basis}）`;
  const on = claim.interestFrom === '' ? '' : `，自${dayText(claim.interestFrom)}起计至付清之日止`;
  return `${words[claim.kind]}${amount}${basis}${on}`;
}

function judgmentTexts(judgment: Judgment): string[] {
  const { principal, interest, costs } = judgment;
  const parts: [string, Money | undefined][] = [
    ['本金', principal],
    ['利息', interest],
    ['诉讼费用等', costs],
  ];
  return parts.flatMap(([word, amount]) =>
    amount === undefined || amount.minor === 0n ? [] : [`${word}${amountText(amount)}`],
  );
}

function asksOf(template: Template, { matter, debtWord }: Filling): Block[] {
  const judgment =
    template.kind === 'DOCUMENT_KIND_ENFORCEMENT_APPLICATION'
      ? inEffect(matter.judgments)
      : undefined;
  const asked =
    judgment === undefined
      ? matter.claims.map((claim) => claimText(claim, debtWord))
      : judgmentTexts(judgment);
  const lines = [...asked.map((text) => `${template.ask}${text}；`), template.closing];
  return [
    { kind: 'heading', text: template.asksHeading },
    ...lines.map((text, place) => ({
      kind: 'paragraph' as const,
      text: `${place + 1}. ${text}`,
    })),
  ];
}

function dayText(on: string): string {
  const [year, month, date] = on.split('-').map(Number);
  return `${year ?? 0}年${month ?? 0}月${date ?? 0}日`;
}

/** The plain story, when the writer gave none: since when and how much is owed. */
function storyOf({ matter, debtWord }: Filling): string[] {
  return matter.cases.map(({ caseNumber, oldestDueDate, open }) => {
    const since = oldestDueDate === '' ? '' : `最早一笔应于${dayText(oldestDueDate)}前付清，`;
    const owed = open === undefined ? '' : amountText(open);
    return (
      `原、被告之间存在合法有效的合同关系，原告已依约履行义务。案件${caseNumber}项下${debtWord}` +
      `${since}经多次催收，被告至今尚欠${owed}未付。`
    );
  });
}

function factsOf(template: Template, filling: Filling): Block[] {
  const own = filling.facts.trim();
  const story = own === '' ? storyOf(filling) : own.split(/\n+/);
  const swapped = story.map((text) =>
    own === ''
      ? text.replaceAll('原告', template.plaintiff).replaceAll('被告', template.defendant)
      : text,
  );
  return [
    { kind: 'heading', text: template.factsHeading },
    ...[...swapped, ...template.facts, template.end].map((text) => ({
      kind: 'paragraph' as const,
      text,
    })),
  ];
}

/**
 * A document as blocks, and the names of what was left blank. A pure function of the matter, so the
 * same matter gives the same words.
 */
export function compose(
  template: Template,
  filling: Filling,
): { blocks: Block[]; blanks: string[] } {
  const blanks = blanksOf();
  const { matter, evidence, today } = filling;
  const plaintiff = matter.parties.find((party) => party.role === 'PARTY_ROLE_PLAINTIFF');
  const listed = evidence.map((title, place) => ({
    kind: 'paragraph' as const,
    text: `${place + 1}. ${title}`,
  }));
  const blocks: Block[] = [
    { kind: 'title', text: template.title },
    ...partiesOf(template, filling, blanks),
    ...asksOf(template, filling),
    ...factsOf(template, filling),
    { kind: 'paragraph', text: '此致' },
    { kind: 'addressee', text: blanks.or(filling.court, 'court') },
    { kind: 'right', text: `${template.signature}：${plaintiff?.name ?? ''}（盖章）` },
    { kind: 'right', text: dayText(today.toString()) },
    ...(listed.length === 0 ? [] : [{ kind: 'heading' as const, text: '附：证据清单' }]),
    ...listed,
  ];
  return { blocks, blanks: blanks.names };
}

export type DebtWords = Readonly<Record<DebtType, string>>;
