import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ListReportsResponse } from '@recourse/proto/web/agencies/v1/reports';
import { Chip } from '../ui/chip';
import { formatDay, formatMoneyCompact } from '../ui/format';
import type { MoneyValue } from '../ui/format';
import { CountPipe } from '../ui/pipes';
import { agenciesWeek } from './agencies-week';
import { t } from './words';

/** What each agency reported of the last week: contacts, money, and whose report is missing. */
@Component({
  selector: 'rc-agencies-card',
  imports: [Chip, CountPipe, RouterLink],
  template: `
    <div class="rc-row spread">
      <h2>{{ t('agenciesWeek') }}</h2>
      @if (week().weekStart !== '') {
        <a routerLink="/reports">{{ t('weekOf', { day: day(week().weekStart) }) }}</a>
      }
    </div>
    @if (week().lines.length > 0) {
      <div class="rc-scroll">
        <table class="rc-lines">
          <thead>
            <tr>
              <th scope="col">{{ t('agency') }}</th>
              <th scope="col">{{ t('report') }}</th>
              <th scope="col" class="rc-number">{{ t('contacts') }}</th>
              <th scope="col" class="rc-number">{{ t('received') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (line of week().lines; track line.agencyId) {
              <tr>
                <th scope="row" class="name">
                  <a [routerLink]="['/agencies', line.agencyId]">{{ line.agencyName }}</a>
                </th>
                <td>
                  @if (line.reportId !== '') {
                    <a [routerLink]="['/reports', line.reportId]">
                      <rc-chip [tone]="line.tone">{{ line.word }}</rc-chip>
                    </a>
                  } @else {
                    <rc-chip [tone]="line.tone">{{ line.word }}</rc-chip>
                  }
                  @if (line.missing > 0) {
                    <small>{{ t('missingWeeks', { count: line.missing }) }}</small>
                  }
                </td>
                <td class="rc-number">{{ line.contacts | count }}</td>
                <td class="rc-number">{{ moneyText(line.received) }}</td>
              </tr>
            }
          </tbody>
        </table>
      </div>
    } @else if (reports() !== undefined) {
      <p class="rc-muted">{{ t('noAgencies') }}</p>
    }
  `,
  styleUrl: './card.scss',
})
export class AgenciesCard {
  readonly reports = input.required<ListReportsResponse | undefined>();
  protected readonly t = t;
  protected readonly day = formatDay;
  protected readonly week = computed(() => agenciesWeek(this.reports()));

  protected moneyText(amounts: readonly MoneyValue[]): string {
    return amounts.map((amount) => formatMoneyCompact(amount)).join(' + ') || '–';
  }
}
