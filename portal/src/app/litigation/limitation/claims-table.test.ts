import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ClaimClock, LimitationState } from '@recourse/proto/web/litigation/v1/limitation';
import { pageProviders } from '../../../testing/answers';
import { show } from '../../../testing/screen';
import { chooseLanguage } from '../../session/language';
import { ClaimsTable } from './claims-table';

const claims = [
  { documentNumber: 'INV-2', dueDay: '2024-06-30', expiresOn: '2027-06-30' },
  { documentNumber: 'INV-1', dueDay: '2022-01-10', expiresOn: '2025-01-10' },
].map((one) =>
  ClaimClock.fromPartial({
    ...one,
    receivableId: one.documentNumber,
    state: LimitationState.RUNNING,
    open: { currency: 'CNY', minor: 1_000_00n },
  }),
);

@Component({
  imports: [ClaimsTable],
  template: '<rc-claims-table [claims]="claims" [expired]="1" />',
})
class Page {
  protected readonly claims = claims;
}

@Component({
  imports: [ClaimsTable],
  template: '<rc-claims-table [claims]="claims" />',
})
class Single {
  protected readonly claims = claims.slice(0, 1);
}

@Component({
  imports: [ClaimsTable],
  template: '<rc-claims-table [claims]="claims" />',
})
class Guaranteed {
  protected readonly claims = claims.map((one, at) => ({
    ...one,
    guarantorState: at === 0 ? 'open' : 'released',
    guarantorExpiresOn: at === 0 ? '2024-12-30' : '2022-07-10',
  }));
}

beforeEach(() => {
  chooseLanguage('en');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

describe('the documents of a debt', () => {
  it('are listed with their own ends, and how many are out of time', async () => {
    const screen = await show(Page);
    expect(screen.texts('h2')).toEqual(['Limitation of each document']);
    expect(screen.texts('section > p')).toEqual(['1 of them is out of time']);
    const [first] = screen.texts('tbody tr');
    expect(first).toContain('INV-2');
    expect(screen.texts('tbody tr')).toHaveLength(2);
    expect(screen.texts('thead').join()).not.toContain('Guarantor');
  });

  it('have each a period of the guarantor beside, where there is one', async () => {
    const screen = await show(Guaranteed);
    expect(screen.texts('thead').join()).toContain('Guarantor’s period expires');
    const [first, second] = screen.texts('tbody tr');
    expect(first).toMatch(/Dec 30, 2024 ?Open/);
    expect(second).toMatch(/Jul 10, 2022 ?Released/);
  });

  it('are not listed where there is only one: the clock above is its own', async () => {
    const screen = await show(Single);
    expect(screen.all('section')).toEqual([]);
  });
});
