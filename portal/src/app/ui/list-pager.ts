import { Component, computed, input } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import type { PageEnd } from '../session/every-page';
import type { ListState } from '../session/list-state';
import { formatCount } from './format';
import { Icon } from './icon';
import { t } from './words';

/** Steps through a list that is no table, or a table inside a tab; nothing while it fits a page. */
@Component({
  selector: 'rc-list-pager',
  imports: [Icon, MatIconButton],
  template: `
    @if (state().pageNumber() > 1 || page()?.nextCursor) {
      <nav [attr.aria-label]="label()">
        <span class="rc-muted rc-figure">{{ countText() }}</span>
        <button
          matIconButton
          type="button"
          [disabled]="state().pageNumber() === 1"
          [attr.aria-label]="t('previousPage')"
          (click)="state().previous()"
        >
          <rc-icon name="chevron_left" />
        </button>
        <span class="rc-figure">{{ t('pageOf', { page: state().pageNumber() }) }}</span>
        <button
          matIconButton
          type="button"
          [disabled]="!page()?.nextCursor"
          [attr.aria-label]="t('nextPage')"
          (click)="state().next(page()?.nextCursor ?? '')"
        >
          <rc-icon name="chevron_right" />
        </button>
      </nav>
    }
  `,
  styles: `
    nav {
      display: flex;
      align-items: center;
      justify-content: end;
      gap: 8px;
      min-block-size: 44px;
      padding: 4px 12px;
    }
    span:first-child {
      margin-inline-end: auto;
    }
  `,
})
export class ListPager {
  /** What the list holds, for screen readers. */
  readonly label = input.required<string>();
  readonly state = input.required<Pick<ListState, 'pageNumber' | 'next' | 'previous'>>();
  readonly page = input.required<PageEnd | undefined>();
  protected readonly t = t;
  protected readonly countText = computed(() => {
    const { count = 0n, countEstimated = false } = this.page() ?? {};
    const name = formatCount(count);
    return countEstimated ? t('rowsAbout', { count: name }) : t('rowsOf', { count });
  });
}
