import { Component, computed, input, signal } from '@angular/core';
import { RuleState } from '@recourse/proto/web/platform/v1/rules';
import type { RuleRow, RuleTable } from '@recourse/proto/web/platform/v1/rules';
import { Chip, type Tone } from '../ui/chip';
import { formatDay } from '../ui/format';
import { inOrder, tableName } from './rule-search';
import { t } from './rules-words';

const tones: Partial<Record<RuleState, Tone>> = {
  [RuleState.IN_FORCE]: 'good',
  [RuleState.FUTURE]: 'info',
};

/** Days before it are how a rule says that it always held. */
const always = '0002-01-01';

/** One rule table: closed it tells its name and when it ends, open every row with its source. */
@Component({
  selector: 'rc-rule-table',
  imports: [Chip],
  templateUrl: './rule-table.html',
  styleUrl: './rule-table.scss',
})
export class RuleTableCard {
  readonly table = input.required<RuleTable>();
  protected readonly t = t;
  protected readonly isOpen = signal(false);
  protected readonly name = computed(() => tableName(this.table()));
  protected readonly rows = computed(() => inOrder(this.table().rows));

  protected tone(state: RuleState): Tone {
    return tones[state] ?? 'neutral';
  }

  protected day(day: string): string {
    return day === '' || day < always ? t('open') : formatDay(day);
  }

  protected grade(row: RuleRow): string {
    return t.find(`grade.${row.grade}`) ?? row.grade;
  }

  protected toggled(event: Event): void {
    if (event.target instanceof HTMLDetailsElement) this.isOpen.set(event.target.open);
  }
}
