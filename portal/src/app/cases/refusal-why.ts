import { Component, computed, input } from '@angular/core';
import type { Why as WhyMessage } from '@recourse/proto/web/cases/v1/cases';
import { Why } from '../ui/why';
import { steps } from './steps';

/** The governor's refusal: its rule in words, on a click the article and the facts it saw. */
@Component({
  selector: 'rc-refusal-why',
  imports: [Why],
  template: `<rc-why [why]="told()" [value]="text()" [words]="steps.find" />`,
})
export class RefusalWhy {
  readonly why = input.required<WhyMessage>();
  /** What is said instead of the rule's name. */
  readonly value = input('');
  protected readonly steps = steps;
  protected readonly text = computed(
    () => this.value() || (steps.find(`rule.${this.why().rule}`) ?? this.why().rule),
  );
  /** Kinds of wording are named for people too. */
  protected readonly told = computed(() => {
    const why = this.why();
    const facts = Object.entries(why.facts).map(([name, value]) => [
      name,
      name === 'group' ? (steps.find(`group.${value}`) ?? value) : value,
    ]);
    return { ...why, facts: Object.fromEntries(facts) as Record<string, string> };
  });
}
