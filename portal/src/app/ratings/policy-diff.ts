import { Component, input } from '@angular/core';
import type { Change } from './policy-changes';
import { t } from './policy-words';

/** What one version of a policy changes against another, line by line. */
@Component({
  selector: 'rc-policy-diff',
  template: `
    @if (changes().length > 0) {
      <div class="rc-scroll" tabindex="0" role="region" [attr.aria-label]="t('changes')">
        <table class="rc-lines">
          <thead>
            <tr>
              <th scope="col"></th>
              <th scope="col">{{ t('what') }}</th>
              <th scope="col" class="rc-number">{{ t('before') }}</th>
              <th scope="col" class="rc-number">{{ t('after') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (one of changes(); track $index) {
              <tr>
                <th scope="row">{{ one.grade }}</th>
                <td>{{ one.what }}</td>
                <td class="rc-number rc-muted">{{ one.before }}</td>
                <td class="rc-number">{{ one.after }}</td>
              </tr>
            }
          </tbody>
        </table>
      </div>
    } @else {
      <p class="rc-muted">{{ t('noChanges') }}</p>
    }
  `,
})
export class PolicyDiff {
  readonly changes = input.required<readonly Change[]>();
  protected readonly t = t;
}
