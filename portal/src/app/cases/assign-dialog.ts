import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  AssignCaseRequest,
  AssignCaseResponse,
  CaseState,
  ListCasesRequest,
  ListCasesResponse,
} from '@recourse/proto/web/cases/v1/cases';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import {
  ListColleaguesRequest,
  ListColleaguesResponse,
  UserState,
} from '@recourse/proto/web/platform/v1/directory';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { asOpened } from '../session/as-opened';
import { load } from '../session/load';
import { newId } from '../session/new-id';
import { problemFrom } from '../session/problem';
import { problemText } from '../session/problem-words';
import { Session } from '../session/session';
import { Dialog } from '../ui/dialog';
import { formatList } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { SearchBox } from '../ui/search-box';
import { t } from './assign-words';
import { knownPeople, listedPeople, type Person, workers } from './known-people';
import { PersonChoice } from './person-choice';

/** A case that was not assigned, and why. */
type NotDone = { caseId: string; name: string; why: string };

/** People that stand in the list at a time; more are found by name. */
const mostShown = 50;

/** Gives one case or several to a person; each is written by itself and keeps its own result. */
@Component({
  selector: 'rc-assign-dialog',
  imports: [Dialog, MatButton, PersonChoice, ProblemPanel, SearchBox],
  template: `
    <rc-dialog
      [heading]="t('heading', { count: left().length })"
      size="small"
      (closed)="closed.emit()"
    >
      <div class="rc-stack">
        @if (holders() !== '') {
          <p>{{ t('currently', { names: holders() }) }}</p>
        }
        @if (colleagues.problem(); as problem) {
          <rc-problem-panel compact canRetry [problem]="problem" (retry)="colleagues.reload()" />
          <p>{{ t('onlyKnown') }}</p>
        } @else {
          <rc-search-box [label]="t('search')" (changed)="query.set($event)" />
        }
        <rc-person-choice
          [label]="t('person')"
          [people]="people()"
          [none]="colleagues.loading() ? t('reading') : t('nobody')"
          [(value)]="personId"
        />
        @if (further() > 0) {
          <p class="rc-muted">{{ t('further', { count: further() }) }}</p>
        }
        @if (save.busy()) {
          <p role="status">{{ t('progress', { count: doneCount(), all: all() }) }}</p>
        }
        @if (notDone().length > 0) {
          <div role="alert">
            {{ t('notDone') }}
            <ul>
              @for (one of notDone(); track one.caseId) {
                <li>{{ one.name }} · {{ one.why }}</li>
              }
            </ul>
          </div>
        }
        @if (save.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="person() === undefined || save.busy()"
        (click)="send()"
      >
        {{ t('assign') }}
      </button>
    </rc-dialog>
  `,
})
export class AssignDialog {
  readonly cases = input.required<readonly Case[]>();
  readonly assigned = output();
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly query = signal('');
  protected readonly personId = signal<string | undefined>(undefined);
  protected readonly notDone = signal<readonly NotDone[]>([]);
  /** As they were when the dialog opened: who gives them away has seen these versions. */
  readonly #seen = asOpened(
    () => 'once',
    () => this.cases(),
  );
  readonly #done = signal<ReadonlySet<string>>(new Set());
  /** The same id for a case as long as the dialog is open and the person is the same. */
  readonly #requestIds = new Map<string, string>();

  protected readonly colleagues = load(() => {
    const filter = { query: this.query(), roles: [...workers], states: [UserState.ACTIVE] };
    return read(
      '/v1/colleagues',
      ListColleaguesResponse.fromJSON,
      ListColleaguesRequest.toJSON({ filter, page: { size: mostShown, cursor: '' } }),
    );
  });
  /** Asked only where the directory does not answer: work is given out all the same. */
  readonly #held = load(() =>
    this.colleagues.problem() === undefined
      ? undefined
      : read(
          '/v1/cases',
          ListCasesResponse.fromJSON,
          ListCasesRequest.toJSON(
            ListCasesRequest.fromPartial({
              states: [CaseState.OPEN],
              page: { size: 200, cursor: '' },
            }),
          ),
        ),
  );
  protected readonly people = computed((): readonly Person[] =>
    this.colleagues.problem() === undefined
      ? listedPeople(this.colleagues.value()?.colleagues ?? [])
      : knownPeople(this.#caller(), [...(this.#held.value()?.cases ?? []), ...this.#seen()]),
  );
  /** People whom the list has no room for. */
  protected readonly further = computed(() =>
    this.colleagues.problem() === undefined
      ? Number(this.colleagues.value()?.page?.count ?? 0n) - this.people().length
      : 0,
  );
  protected readonly person = computed(() =>
    this.people().find((one) => one.userId === this.personId()),
  );
  protected readonly left = computed(() =>
    this.#seen().filter((one) => !this.#done().has(one.caseId)),
  );
  protected readonly all = computed(() => this.#seen().length);
  protected readonly doneCount = computed(() => this.#done().size);
  protected readonly holders = computed(() =>
    formatList(
      [...new Set(this.#seen().map((one) => one.assigneeName))].filter((name) => name !== ''),
    ),
  );

  protected readonly save = action(async () => {
    const person = this.person();
    if (person === undefined) return undefined;
    const notDone: NotDone[] = [];
    for (const one of this.left()) {
      try {
        await this.#assign(one, person);
        this.#done.update((done) => new Set(done).add(one.caseId));
      } catch (thrown) {
        const why = problemText(problemFrom(thrown));
        notDone.push({ caseId: one.caseId, name: `${one.debtorName} ${one.number}`, why });
      }
    }
    this.notDone.set(notDone);
    return notDone.length === 0;
  });

  #assign(
    { caseId, version }: Case,
    person: { userId: string; name: string },
  ): Promise<AssignCaseResponse> {
    const key = `${caseId} ${person.userId}`;
    const requestId = this.#requestIds.get(key) ?? newId();
    this.#requestIds.set(key, requestId);
    const request: AssignCaseRequest = {
      caseId,
      assigneeId: person.userId,
      assigneeName: person.name,
      expectedVersion: version,
      requestId,
    };
    const at = path`/v1/cases/${caseId}:assign`;
    return this.#api.post(at, AssignCaseRequest.toJSON(request), AssignCaseResponse.fromJSON, {
      requestId,
    });
  }

  protected async send(): Promise<void> {
    if ((await this.save.run()) === true) this.assigned.emit();
  }
}
