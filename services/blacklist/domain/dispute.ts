import { addDays, type Day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { refuseMalformed } from './credit-code.ts';
import { reject } from './decision.ts';
import { line } from './draft.ts';
import { remove } from './ending.ts';
import {
  type AmountBand,
  type By,
  type Decided,
  type Dispute,
  type DisputeGround,
  type DisputeKind,
  type DisputeMessage,
  type DisputeOutcome,
  expiryOf,
  isDisputed,
  isLive,
  type Listing,
  moved,
  named,
  openDisputes,
  type Paper,
  type Side,
  type Steward,
} from './listing.ts';
import { refuseSteward } from './steward.ts';

export type DisputeCommand = {
  disputeId: string;
  kind: DisputeKind;
  ground: DisputeGround;
  receivedOn: Day;
  statement: string;
  papers: readonly Paper[];
};

function hashOf(command: DisputeCommand): string {
  const { disputeId, kind, ground, receivedOn, statement, papers } = command;
  const fileIds = papers.map((one) => one.fileId);
  const day = receivedOn.toString();
  return contentHash({ disputeId, kind, ground, receivedOn: day, statement, fileIds });
}

function refuseDispute(listing: Listing, command: DisputeCommand, by: By): void {
  const { state, notice } = listing;
  const receivedOn = command.receivedOn.toString();
  if (state === 'DRAFT' || state === 'SUBMITTED' || notice === undefined) {
    throw fault('refused', 'listed_party_not_told_yet', { state });
  }
  if (!isLive(listing)) throw fault('refused', 'listing_ended', { state });
  if (receivedOn > by.today.toString()) throw fault('refused', 'received_in_future');
  if (receivedOn < notice.servedOn) {
    throw fault('refused', 'received_before_notice', { servedOn: notice.servedOn });
  }
  const answered = listing.disputes.some((one) => one.outcome !== undefined);
  if (command.kind === 'APPEAL' && !answered) throw fault('refused', 'nothing_to_appeal');
}

/**
 * The listed party objects, asks for a correction or appeals. Before publication nothing is decided
 * until it is answered, and votes given without knowing it are void; after publication the entry is
 * marked disputed at once. An objection that comes late is answered all the same. Faults in this
 * order: `exists` dispute_exists_with_other_content; `refused` listed_party_not_told_yet,
 * listing_ended, received_in_future, received_before_notice, nothing_to_appeal.
 */
export function openDispute(listing: Listing, command: DisputeCommand, by: By): Decided {
  const { disputeId, kind, ground, statement, papers } = command;
  const hash = hashOf(command);
  const known = listing.disputes.find((one) => one.disputeId === disputeId);
  if (known?.contentHash === hash) return { state: listing, events: [], lines: [] };
  if (known !== undefined) throw fault('exists', 'dispute_exists_with_other_content');
  refuseDispute(listing, command, by);
  const receivedOn = command.receivedOn.toString();
  const first: DisputeMessage = {
    messageId: disputeId,
    side: 'LISTED_PARTY',
    text: statement,
    papers,
    at: by.at.toString(),
    actor: by.actor,
  };
  const dispute: Dispute = {
    disputeId,
    kind,
    ground,
    receivedOn,
    late: kind === 'OBJECTION' && receivedOn > (listing.notice?.objectBy ?? ''),
    answerBy: addDays(command.receivedOn, by.terms.answerDays).toString(),
    messages: [first],
    outcome: undefined,
    answer: '',
    answeredAt: '',
    answeredBy: '',
    contentHash: hash,
  };
  const isPublished = listing.state === 'PUBLISHED';
  const state = moved(listing, {
    disputes: [...listing.disputes, dispute],
    state: isPublished ? 'PUBLISHED' : 'OBJECTED',
    votes: isPublished ? listing.votes : [],
  });
  return {
    state,
    events: [disputedEvent(state, dispute)],
    lines: [line('dispute_opened', ground)],
  };
}

function disputedEvent(listing: Listing, { disputeId, answerBy }: Dispute) {
  const value = { ...named(listing), disputeId, answerBy, disputed: isDisputed(listing) };
  return { $case: 'listingDisputed' as const, value };
}

function openOne(listing: Listing, disputeId: string): Dispute {
  const found = listing.disputes.find((one) => one.disputeId === disputeId);
  if (found === undefined) throw fault('missing', 'dispute_unknown', { disputeId });
  if (found.outcome !== undefined) throw fault('refused', 'dispute_answered', { disputeId });
  return found;
}

function replaced(listing: Listing, dispute: Dispute): Dispute[] {
  return listing.disputes.map((one) => (one.disputeId === dispute.disputeId ? dispute : one));
}

export type ReplyCommand = {
  disputeId: string;
  messageId: string;
  side: Side;
  text: string;
  papers: readonly Paper[];
};

/**
 * One more message in an open thread; the same message again changes nothing. Faults: `missing`
 * dispute_unknown; `exists` message_exists_with_other_content; `refused` dispute_answered.
 */
export function reply(listing: Listing, command: ReplyCommand, by: By): Decided {
  const { disputeId, messageId, side, text, papers } = command;
  const all = listing.disputes.find((one) => one.disputeId === disputeId)?.messages ?? [];
  const known = all.find((one) => one.messageId === messageId);
  if (known?.text === text && known.side === side) {
    return { state: listing, events: [], lines: [] };
  }
  if (known !== undefined) throw fault('exists', 'message_exists_with_other_content');
  const dispute = openOne(listing, disputeId);
  const added = { messageId, side, text, papers, at: by.at.toString(), actor: by.actor };
  const disputes = replaced(listing, { ...dispute, messages: [...dispute.messages, added] });
  return { state: moved(listing, { disputes }), events: [], lines: [line('dispute_reply', side)] };
}

/** Facts as they are to be; undefined stays as it is. */
export type Correction = {
  name: string | undefined;
  creditCode: string | undefined;
  amountBand: AmountBand | undefined;
  conductUntil: string | undefined;
};

export type AnswerCommand = {
  disputeId: string;
  outcome: DisputeOutcome;
  answer: string;
  correction: Correction | undefined;
};

const bands: readonly AmountBand[] = ['UNDER_100K', 'FROM_100K', 'FROM_500K', 'FROM_1M', 'FROM_5M'];

/** A correction that was asked for never makes things worse for who asked. */
function corrected(listing: Listing, correction: Correction, by: By): Partial<Listing> {
  const { name, creditCode, amountBand, conductUntil } = correction;
  if (amountBand !== undefined && bands.indexOf(amountBand) > bands.indexOf(listing.amountBand)) {
    throw fault('refused', 'correction_worsens', { field: 'amount_band' });
  }
  if (conductUntil !== undefined && conductUntil > listing.conductUntil) {
    throw fault('refused', 'correction_worsens', { field: 'conduct_until' });
  }
  if (conductUntil !== undefined && conductUntil < listing.conductFrom) {
    throw fault('invalid', 'conduct_ends_before_it_begins');
  }
  refuseMalformed(creditCode ?? '', '/correction/creditCode');
  const until = conductUntil ?? listing.conductUntil;
  return {
    name: name ?? listing.name,
    creditCode: creditCode ?? listing.creditCode,
    amountBand: amountBand ?? listing.amountBand,
    conductUntil: until,
    expiresOn: expiryOf(until, by.terms),
    votes: listing.state === 'PUBLISHED' ? listing.votes : [],
  };
}

function refuseAnswer(
  listing: Listing,
  command: AnswerCommand,
  steward: Steward | undefined,
  by: By,
): Dispute {
  const dispute = openOne(listing, command.disputeId);
  if (!isLive(listing)) throw fault('refused', 'listing_ended', { state: listing.state });
  refuseSteward(listing, steward);
  const judged = listing.disputes.some((one) => one.answeredBy === by.actor.userId);
  if (dispute.kind === 'APPEAL' && judged) throw fault('refused', 'appeal_needs_another_steward');
  if (command.correction !== undefined && command.outcome !== 'UPHELD') {
    throw fault('invalid', 'correction_without_upholding');
  }
  return dispute;
}

/**
 * The written answer. Upheld: the facts are corrected, or the listing ends. Rejected: the mark
 * goes. Unresolved: both sides stay recorded and the mark stays (征信业管理条例 art. 25). Faults in
 * this order: `missing` dispute_unknown; `refused` dispute_answered, listing_ended,
 * steward_not_declared, steward_of_reporting_member, steward_of_reporting_group,
 * appeal_needs_another_steward; `invalid` correction_without_upholding; `refused`
 * correction_worsens; `invalid` credit_code_malformed.
 */
export function answerDispute(
  listing: Listing,
  command: AnswerCommand,
  steward: Steward | undefined,
  by: By,
): Decided {
  const dispute = refuseAnswer(listing, command, steward, by);
  const { outcome, answer, correction } = command;
  const answered: Dispute = {
    ...dispute,
    outcome,
    answer,
    answeredAt: by.at.toString(),
    answeredBy: by.actor.userId,
  };
  const disputes = replaced(listing, answered);
  const said = line('dispute_answered', outcome);
  if (outcome === 'UPHELD' && correction === undefined) {
    const before = { ...listing, disputes };
    const ended =
      listing.state === 'PUBLISHED'
        ? remove(before, 'dispute_upheld', '', by)
        : reject(before, 'dispute_upheld', by);
    const event = disputedEvent(ended.state, answered);
    return { ...ended, events: [event, ...ended.events], lines: [said, ...ended.lines] };
  }
  const changes = correction === undefined ? {} : corrected(listing, correction, by);
  const stillOpen = openDisputes({ ...listing, disputes }).length > 0;
  const before = listing.state === 'OBJECTED' && !stillOpen ? 'NOTICED' : listing.state;
  const state = moved(listing, { ...changes, disputes, state: before });
  return { state, events: [disputedEvent(state, answered)], lines: [said] };
}

/** The listed party's own words, attached to the entry. Fault: `refused` as for a dispute. */
export function attachStatement(listing: Listing, statement: string): Decided {
  if (listing.notice === undefined) throw fault('refused', 'listed_party_not_told_yet');
  if (!isLive(listing)) throw fault('refused', 'listing_ended', { state: listing.state });
  const state = moved(listing, { statement });
  return { state, events: [], lines: [line('statement_attached')] };
}
