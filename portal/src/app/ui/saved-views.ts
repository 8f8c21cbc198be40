import {
  Component,
  effect,
  inject,
  Injector,
  input,
  linkedSignal,
  model,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import { TeamViews } from '../session/team-views';
import type { ViewContent } from '../session/team-views';
import type { ColumnChoice } from './column';
import { Icon } from './icon';
import { Popover } from './popover';
import { ProblemPanel } from './problem-panel';
import { storedViews, storeViews, viewQuery, withView } from './saved-view';
import type { SavedView } from './saved-view';
import { TextField } from './text-field';
import { t } from './words';

/** A table's filters, sort and columns under a name, to come back to: own ones and the team's. */
@Component({
  selector: 'rc-saved-views',
  imports: [Icon, MatButton, Popover, ProblemPanel, TextField],
  template: `
    <rc-popover #panel look="icon" [label]="t('views')" [buttonLabel]="t('views')">
      <rc-icon trigger name="table_rows" />
      <strong>{{ t('viewsOwn') }}</strong>
      <ul class="own">
        @for (view of views(); track view.name) {
          <li>
            <button type="button" class="open" (click)="open(view); panel.close()">
              {{ view.name }}
            </button>
            @if (team()?.isShared()) {
              <button
                type="button"
                [attr.aria-label]="t('viewShare', { name: view.name })"
                [title]="t('viewShare', { name: view.name })"
                (click)="share(view)"
              >
                <rc-icon name="groups" />
              </button>
            }
            <button
              type="button"
              [attr.aria-label]="t('viewRemove', { name: view.name })"
              (click)="remove(view)"
            >
              <rc-icon name="delete" />
            </button>
          </li>
        } @empty {
          <li class="rc-muted">{{ t('viewsNone') }}</li>
        }
      </ul>
      @if (team(); as shared) {
        @if (shared.isShared()) {
          <strong>{{ t('viewsTeam') }}</strong>
          <ul class="team">
            @for (view of shared.of(table()); track view.viewId) {
              <li>
                <button
                  type="button"
                  class="open"
                  [title]="t('viewBy', { name: view.madeBy })"
                  (click)="open(view); panel.close()"
                >
                  {{ view.name }}
                </button>
                @if (view.mayDelete) {
                  <button
                    type="button"
                    [attr.aria-label]="t('viewRemoveTeam', { name: view.name })"
                    (click)="shared.remove(table(), view.viewId)"
                  >
                    <rc-icon name="delete" />
                  </button>
                }
              </li>
            } @empty {
              <li class="rc-muted">{{ t('viewsTeamNone') }}</li>
            }
          </ul>
          @if (shared.problem(); as failed) {
            <rc-problem-panel compact [problem]="failed" />
          }
        }
      }
      <form (submit)="save($event)">
        <rc-text-field [label]="t('viewName')" [(value)]="name" />
        <button matButton="outlined" type="submit" [disabled]="name().trim() === ''">
          {{ t('viewSave') }}
        </button>
      </form>
    </rc-popover>
  `,
  styles: `
    ul {
      margin-block: 0;
    }
    li {
      --rc-icon-size: 16px;
      display: flex;
      align-items: center;
      min-block-size: 32px;
    }
    li button {
      display: grid;
      place-items: center;
      min-inline-size: 32px;
      min-block-size: 32px;
      border: 0;
      border-radius: 4px;
      background: none;
      color: var(--rc-text-2);
      cursor: pointer;
    }
    li button:hover {
      background: var(--rc-surface-3);
    }
    li .open {
      flex: 1;
      justify-items: start;
      padding-inline: 8px;
      color: var(--rc-text);
    }
    form {
      display: flex;
      align-items: end;
      gap: 8px;
    }
  `,
})
export class SavedViews {
  /** Stable name of the table; views are kept under it. */
  readonly table = input.required<string>();
  readonly columns = model<ColumnChoice>();
  readonly #router = inject(Router);
  readonly #injector = inject(Injector);
  protected readonly panel = viewChild.required<Popover>('panel');
  /** Nobody is asked for them before somebody looks. */
  protected readonly team = signal<TeamViews | undefined>(undefined);
  protected readonly t = t;
  protected readonly name = signal('');
  protected readonly views = linkedSignal<readonly SavedView[]>(() => storedViews(this.table()));

  constructor() {
    effect(() => {
      if (this.panel().isOpen()) untracked(() => this.#look());
    });
  }

  protected open(view: ViewContent): void {
    this.columns.set(view.columns ?? undefined);
    const place = this.#router.url.split('?')[0] ?? '/';
    void this.#router.navigateByUrl(view.query === '' ? place : `${place}?${view.query}`);
  }

  protected save(event: Event): void {
    event.preventDefault();
    const columns = this.columns() ?? null;
    const view = { name: this.name().trim(), query: viewQuery(this.#router.url), columns };
    this.#keep(withView(this.views(), view));
    this.name.set('');
  }

  protected remove(view: SavedView): void {
    this.#keep(this.views().filter((one) => one !== view));
  }

  protected share(view: SavedView): void {
    void this.team()?.share(this.table(), view);
  }

  #look(): void {
    const team = this.#injector.get(TeamViews);
    this.team.set(team);
    if (team.isShared()) void team.read(this.table());
  }

  #keep(views: readonly SavedView[]): void {
    storeViews(this.table(), views);
    this.views.set(views);
  }
}
