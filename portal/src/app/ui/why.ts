import { Component, computed, input } from '@angular/core';
import { formatDay } from './format';
import { Icon } from './icon';
import { Popover } from './popover';
import { t } from './words';

/** The contract's `Why`: facts, the rule that read them, and where the rule is written. */
export type WhyValue = {
  rule: string;
  source: string;
  facts: Readonly<Record<string, string>>;
  effectiveFrom: string;
};

/** Words for rule and fact names: a noun's `t.find` with keys `rule.<rule>` and `fact.<fact>`. */
export type WhyWords = (key: string) => string | undefined;

/** A value that answers why: `<rc-why [why]="case.tierWhy" [value]="tier" [words]="t.find" />`. */
@Component({
  selector: 'rc-why',
  imports: [Icon, Popover],
  template: `
    @if (why(); as reason) {
      <rc-popover look="link" [label]="t('whyOf', { value: value() })">
        <span trigger>{{ value() }}</span>
        <rc-icon trigger name="help" />
        <strong>{{ t('whyOf', { value: value() }) }}</strong>
        <p>{{ nameOf('rule', reason.rule) }}</p>
        @if (facts().length > 0) {
          <dl [attr.aria-label]="t('facts')">
            @for (fact of facts(); track fact.name) {
              <dt>{{ nameOf('fact', fact.name) }}</dt>
              <dd>{{ fact.value }}</dd>
            }
          </dl>
        }
        @if (reason.source) {
          <p class="source">
            {{ t('article') }}: {{ nameOf('source', reason.source) }}
            @if (reason.effectiveFrom) {
              <br />{{ t('effectiveFrom', { day: day(reason.effectiveFrom) }) }}
            }
          </p>
        }
      </rc-popover>
    } @else {
      {{ value() }}
    }
  `,
  styles: `
    :host {
      --rc-icon-size: 14px;
    }
    rc-icon {
      color: var(--rc-text-2);
    }
    strong {
      font-weight: 620;
    }
    dl {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 4px 16px;
      padding: 8px 0;
      border-block: 1px solid var(--rc-line);
    }
    dt {
      color: var(--rc-text-2);
    }
    dd {
      font-variant-numeric: tabular-nums;
      text-align: end;
    }
    .source {
      color: var(--rc-text-2);
      font-size: 12.5px;
    }
  `,
})
export class Why {
  readonly why = input.required<WhyValue | undefined>();
  readonly value = input.required<string>();
  readonly words = input<WhyWords>(() => undefined);
  protected readonly t = t;
  protected readonly facts = computed(() =>
    Object.entries(this.why()?.facts ?? {}).map(([name, value]) => ({ name, value })),
  );

  protected nameOf(kind: 'rule' | 'fact' | 'source', name: string): string {
    return this.words()(`${kind}.${name}`) ?? name;
  }

  protected day(day: string): string {
    return formatDay(day);
  }
}
