import { Component } from '@angular/core';
import { MatTabsModule } from '@angular/material/tabs';
import { tabUrl } from '../../session/tab-url';
import { PageHeader } from '../../ui/page-header';
import { LawNav } from '../law-nav';
import { DeadlineCalculator } from './deadline-calculator';
import { DoubleInterestCalculator } from './double-interest-calculator';
import { FeesCalculator } from './fees-calculator';
import { InterestCalculator } from './interest-calculator';
import { LimitationCalculator } from './limitation-calculator';
import { SmallClaimsCalculator } from './small-claims-calculator';
import { t } from './words';

/** Figures of law, each derived line by line. */
@Component({
  imports: [
    DeadlineCalculator,
    DoubleInterestCalculator,
    FeesCalculator,
    InterestCalculator,
    LawNav,
    LimitationCalculator,
    MatTabsModule,
    PageHeader,
    SmallClaimsCalculator,
  ],
  template: `
    <rc-page-header [heading]="t('title')" [lead]="t('lead')" />
    <rc-law-nav />
    <mat-tab-group
      class="rc-card"
      animationDuration="0"
      [selectedIndex]="tabs.index()"
      (selectedIndexChange)="tabs.show($event)"
    >
      <mat-tab [label]="t('fees')"><rc-fees-calculator /></mat-tab>
      <mat-tab [label]="t('interest')"><rc-interest-calculator /></mat-tab>
      <mat-tab [label]="t('doubleInterest')"><rc-double-interest-calculator /></mat-tab>
      <mat-tab [label]="t('deadlines')"><rc-deadline-calculator /></mat-tab>
      <mat-tab [label]="t('limitation')"><rc-limitation-calculator /></mat-tab>
      <mat-tab [label]="t('smallClaims')"><rc-small-claims-calculator /></mat-tab>
    </mat-tab-group>
  `,
})
export class CalculatorsPage {
  protected readonly t = t;
  protected readonly tabs = tabUrl([
    'fees',
    'interest',
    'double',
    'deadlines',
    'limitation',
    'small',
  ]);
}
