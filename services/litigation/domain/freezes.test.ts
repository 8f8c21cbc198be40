import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { Happening, Matter as MatterCodec } from '@recourse/proto/litigation/v1/matters.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { tracks } from '../rules/tracks.ts';
import { eventsFor } from './file-events.ts';
import { freezeEvents, freezesOf, securityOf } from './freezes.ts';
import { deadlines } from './law/deadline.ts';
import { procedureEventKinds } from './law/deadline-rule.ts';
import type { Matter } from './matter.ts';
import { move, recordHappening } from './proceeding.ts';

const calendar = prcCalendar();
const actor = { userId: 'u', name: '王律', orgId: 'o', orgName: '远望机电' };
const doing = {
  actor,
  at: Temporal.Instant.from('2028-01-04T01:00:00Z'),
  today: day('2028-01-04'),
};
const book = { tracks, law, calendar };
const account = { asset: 'account', what: '工行 6222…0018', amount: undefined, until: '' };

const granted = (): Matter =>
  MatterCodec.fromPartial({
    matterId: 'm',
    state: 'MATTER_STATE_OPEN',
    currency: 'CNY',
    proceedings: [
      {
        proceedingId: 'p',
        procedure: 'PROCEDURE_PRESERVATION_IN_SUIT',
        stage: 'granted',
        moves: [{ moveId: 'g', stage: 'granted', on: '2026-03-04' }],
      },
    ],
  });

const to = (matter: Matter, stage: string, on: string, assets?: (typeof account)[]) => {
  const said = { note: '', docketNumber: '', court: '', expectedVersion: 0n, moveId: stage };
  const frozen = assets === undefined ? {} : { frozen: { assets } };
  return move(matter, { proceedingId: 'p', stage, on, ...said, ...frozen }, book, doing).state;
};
const tell = (matter: Matter, happening: Partial<Happening>) =>
  recordHappening(
    matter,
    { ...Happening.fromPartial({ happeningId: 'h', ...happening }), proceedingId: 'p' },
    procedureEventKinds,
    doing,
  ).state;
const own = (matter: Matter) => {
  const [one] = matter.proceedings;
  if (one === undefined) throw new Error('no proceeding');
  return one;
};
const renewals = (matter: Matter) => {
  const told = eventsFor(matter, own(matter), [], tracks, procedureEventKinds);
  const events = [...told, ...freezeEvents(own(matter), calendar, law)];
  return deadlines('preservation', events, calendar, law)
    .filter(({ deadline }) => deadline === 'renew_preservation')
    .map((one) => `${one.dueOn} ${one.metBy === undefined ? 'open' : 'met'}`);
};
const shown = (matter: Matter, today = '2026-05-04') =>
  freezesOf(own(matter), today, calendar, law).map(
    ({ asset, expiresOn, renewBy, state }) => `${asset} ${expiresOn} ${renewBy} ${state}`,
  );

describe('a preservation executed on 2026-03-06', () => {
  const executed = (...assets: Partial<typeof account>[]) =>
    to(
      granted(),
      'executed',
      '2026-03-06',
      assets.map((one) => ({ ...account, ...one })),
    );

  it('names what was frozen', () => {
    expect(() => to(granted(), 'executed', '2026-03-06')).toThrow('frozen_asset_missing');
    expect(() => executed({ until: '2026-03-05' })).toThrow('freeze_ends_before_it_begins');
    expect(() => to(granted(), 'lifted', '2026-03-06', [account])).toThrow(
      'nothing_frozen_at_stage',
    );
  });

  it.each([
    ['account', '2027-03-06', '2027-02-27'],
    ['movable', '2028-03-06', '2028-02-28'],
    ['real_property', '2029-03-06', '2029-02-27'],
    ['other_right', '2029-03-06', '2029-02-27'],
  ])('holds %s to %s, to be renewed by %s (legal.md 2.6)', (asset, end, by) => {
    const matter = executed({ asset });
    expect(shown(matter)).toEqual([`${asset} ${end} ${by} in_force`]);
    expect(renewals(matter)).toEqual([`${by} open`]);
  });

  it('ends on the day that the notice names, within the longest term', () => {
    expect(renewals(executed({ until: '2026-09-05' }))).toEqual(['2026-08-28 open']);
    const long = executed({ until: '2027-03-07' });
    expect(() => freezeEvents(own(long), calendar, law)).toThrow('term_not_allowed');
  });

  it('renewed in time runs anew, and the renewal meets the first term only', () => {
    const renewed = to(executed({}), 'renewed', '2027-02-10');
    expect(renewals(renewed)).toEqual(['2027-02-27 met', '2028-02-03 open']);
    expect(shown(renewed, '2027-05-04')).toEqual(['account 2028-02-10 2028-02-03 in_force']);
  });

  it('renewed after the end does not run anew', () => {
    const late = to(executed({}), 'renewed', '2027-03-07');
    expect(renewals(late)).toEqual(['2027-02-27 open']);
    expect(shown(late, '2027-05-04')).toEqual(['account 2027-03-06 2027-02-27 lapsed']);
  });

  it('may be renewed for one of several things', () => {
    const both = executed({}, { asset: 'movable', what: '沪A·12345' });
    const [first] = freezesOf(own(both), '2026-05-04', calendar, law);
    const freezeId = first?.freezeId ?? '';
    const renewed = { kind: 'preservation_renewed', on: '2027-02-10' };
    expect(renewals(tell(both, { ...renewed, freezeId }))).toEqual([
      '2027-02-27 met',
      '2028-02-03 open',
      '2028-02-28 open',
    ]);
    expect(() => tell(both, { ...renewed, freezeId: 'x' })).toThrow('freeze_unknown');
  });

  it('takes what is frozen later, and nothing is left to renew once it is lifted', () => {
    const more = { kind: 'asset_frozen', on: '2026-04-01' };
    expect(() => tell(executed({}), more)).toThrow('frozen_asset_missing');
    const frozen = { assets: [{ ...account, asset: 'other_right', what: '股权' }] };
    const both = tell(executed({}), { ...more, frozen });
    expect(renewals(both)).toEqual(['2027-02-27 open', '2029-03-25 open']);
    expect(renewals(to(both, 'lifted', '2026-06-01'))).toEqual([]);
  });
});

describe('a day that a paper names in advance', () => {
  it('is recorded before it comes, what has happened is not', () => {
    const matter = granted();
    const on = '2029-03-05';
    expect(renewals(tell(matter, { kind: 'preservation_expires', on }))).toEqual([
      '2029-02-26 open',
    ]);
    expect(() => tell(matter, { kind: 'preservation_renewed', on })).toThrow('day_in_future');
  });
});

describe('the security for preserving 1,000,000', () => {
  it('is all of it before a suit, 30 % at most in one, and none otherwise (legal.md 2.6)', () => {
    const amount = { currency: 'CNY', minor: 100_000_000n };
    const of = (procedure: Parameters<typeof securityOf>[0]['procedure']) =>
      securityOf({ procedure }, amount, '2026-03-02', law)?.most?.minor;
    expect([
      of('PROCEDURE_PRESERVATION_PRE_SUIT'),
      of('PROCEDURE_PRESERVATION_IN_SUIT'),
      of('PROCEDURE_ORDINARY'),
    ]).toEqual([100_000_000n, 30_000_000n, undefined]);
  });
});
