import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { formatDay, formatWeekday, today } from '../../ui/format';
import { weeksOf } from './month-days';
import type { DayEntry } from './month-days';
import { t } from './words';

/** A month with its deadlines and hearings; on a phone only the days that have any, as a list. */
@Component({
  selector: 'rc-month-grid',
  imports: [RouterLink],
  template: `
    <table>
      <caption class="rc-hidden">
        {{
          t('calendarOf', { month: month() })
        }}
      </caption>
      <thead>
        <tr>
          @for (day of weeks()[0]; track day.day) {
            <th scope="col">{{ weekday(day.day) }}</th>
          }
        </tr>
      </thead>
      <tbody>
        @for (week of weeks(); track $index) {
          <tr>
            @for (day of week; track day.day) {
              <td
                [class.other]="!day.inMonth"
                [class.today]="day.day === now"
                [class.empty]="day.entries.length === 0"
              >
                <span class="date">
                  <span class="short" aria-hidden="true">{{ day.date }}</span>
                  <span class="long">{{ dayName(day.day) }}</span>
                </span>
                @for (entry of day.entries; track entry.id) {
                  <a [class]="entry.tone" [routerLink]="entry.link" [queryParams]="tab">
                    {{ entry.text }}
                  </a>
                }
              </td>
            }
          </tr>
        }
      </tbody>
    </table>
  `,
  styleUrl: './month-grid.scss',
})
export class MonthGrid {
  /** `YYYY-MM` */
  readonly month = input.required<string>();
  readonly entries = input.required<readonly DayEntry[]>();
  protected readonly t = t;
  protected readonly now = today();
  protected readonly tab = { tab: 'deadlines' };
  protected readonly weeks = computed(() => weeksOf(this.month(), this.entries()));

  protected weekday(day: string): string {
    return formatWeekday(day);
  }

  protected dayName(day: string): string {
    return `${formatDay(day, 'short')} ${formatWeekday(day)}`;
  }
}
