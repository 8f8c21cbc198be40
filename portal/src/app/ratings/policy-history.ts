import { Component, computed, input } from '@angular/core';
import type {
  CreditPolicy,
  ListCreditPoliciesResponse,
} from '@recourse/proto/web/credit/v1/ratings';
import { Chip } from '../ui/chip';
import type { Tone } from '../ui/chip';
import { formatDay, formatInstant, today } from '../ui/format';
import { changesBetween } from './policy-changes';
import { PolicyDiff } from './policy-diff';
import { t } from './policy-words';

/** An own version by its number, the shipped table by its date. */
export function versionName({ own, version, policyVersion }: CreditPolicy): string {
  return own ? t('version', { number: String(version) }) : `${t('shipped')} ${policyVersion}`;
}

function stateOf(policy: CreditPolicy, newest: CreditPolicy | undefined, inForce: string) {
  if (policy.policyVersion === inForce) return { text: t('inForce'), tone: 'good' as Tone };
  // A later version that begins earlier takes the place of one that still waited.
  const waits = policy.effectiveFrom > today() && policy === newest;
  if (waits) return { text: t('waits', { day: formatDay(policy.effectiveFrom) }), tone: 'info' };
  return { text: t('past'), tone: 'neutral' };
}

function saidOf(policy: CreditPolicy): string {
  const { writtenBy, writtenAt, note, effectiveFrom, own, source } = policy;
  const written = own ? source : '';
  const who =
    writtenBy === undefined
      ? written
      : t('writtenBy', { name: writtenBy.name, at: formatInstant(writtenAt) });
  const parts = [t('from', { day: formatDay(effectiveFrom) }), who, note];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Every version of the policy, newest first, each with what it changed. */
@Component({
  selector: 'rc-policy-history',
  imports: [Chip, PolicyDiff],
  template: `
    <h2>{{ t('history') }}</h2>
    <ol>
      @for (one of versions(); track one.name) {
        <li>
          <div class="rc-row">
            <strong>{{ one.name }}</strong>
            <rc-chip [tone]="one.tone">{{ one.state }}</rc-chip>
            <span class="rc-muted">{{ one.said }}</span>
          </div>
          @if (one.changes; as changes) {
            <details>
              <summary>{{ t('changed', { count: changes.length }) }}</summary>
              <rc-policy-diff [changes]="changes" />
            </details>
          }
        </li>
      }
    </ol>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 8px;
    }
    li {
      padding-block: 8px;
    }
    li + li {
      border-block-start: 1px solid var(--rc-line);
    }
    summary {
      min-block-size: 24px;
      cursor: pointer;
    }
  `,
})
export class PolicyHistory {
  readonly of = input.required<ListCreditPoliciesResponse>();
  protected readonly t = t;
  protected readonly versions = computed(() => {
    const { policies, inForce } = this.of();
    return policies.map((policy, at) => {
      const earlier = policies[at + 1];
      const { text: state, tone } = stateOf(policy, policies[0], inForce);
      return {
        name: versionName(policy),
        state,
        tone: tone as Tone,
        said: saidOf(policy),
        changes: earlier === undefined ? undefined : changesBetween(earlier, policy),
      };
    });
  });
}
