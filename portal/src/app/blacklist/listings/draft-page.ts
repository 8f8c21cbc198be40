import { Component, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { ActivatedRoute, Router } from '@angular/router';
import { ListMembershipsResponse } from '@recourse/proto/web/blacklist/v1/associations';
import { PutListingRequest, PutListingResponse } from '@recourse/proto/web/blacklist/v1/listings';
import { CaseState, GetCaseResponse } from '@recourse/proto/web/cases/v1/cases';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import { ListCasesRequest, ListCasesResponse } from '@recourse/proto/web/cases/v1/cases';
import { action } from '../../session/action';
import { Api, path, read } from '../../session/api';
import { load } from '../../session/load';
import { newId } from '../../session/new-id';
import { fieldErrorText } from '../../session/problem-words';
import { FormBody } from '../../ui/form-body';
import { initialOf, isFilled, valuesOf } from '../../ui/form-values';
import type { FormValue } from '../../ui/form-values';
import { PageHeader } from '../../ui/page-header';
import { ProblemPanel } from '../../ui/problem-panel';
import { SearchBox } from '../../ui/search-box';
import { draftFields, draftRequest } from './draft-form';
import { t } from './words';

/** Drafts a report from a case: the debtor is the case's, so that payments are followed. */
@Component({
  imports: [FormBody, MatButton, PageHeader, ProblemPanel, SearchBox],
  templateUrl: './draft-page.html',
  styles: `
    .rc-card {
      max-inline-size: 760px;
    }
    .found button {
      justify-content: flex-start;
      inline-size: 100%;
    }
  `,
})
export class DraftPage {
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  readonly #route = inject(ActivatedRoute);
  readonly #listingId = newId();
  readonly #params = toSignal(this.#route.queryParamMap, {
    initialValue: this.#route.snapshot.queryParamMap,
  });
  protected readonly t = t;
  protected readonly crumbs = () => [{ name: t('title'), link: ['/blacklist'] }];
  protected readonly caseId = computed(() => this.#params().get('case') ?? '');
  protected readonly query = signal('');
  readonly #case = load(() =>
    this.caseId() === ''
      ? undefined
      : read(path`/v1/cases/${this.caseId()}`, GetCaseResponse.fromJSON),
  );
  protected readonly of = computed(() => this.#case.value()?.case);
  protected readonly found = load(() =>
    this.caseId() !== ''
      ? undefined
      : read(
          '/v1/cases',
          ListCasesResponse.fromJSON,
          ListCasesRequest.toJSON(
            ListCasesRequest.fromPartial({
              query: this.query(),
              states: [CaseState.OPEN],
              sort: '-days_overdue',
              page: { size: 10 },
            }),
          ),
        ),
  );
  readonly #memberships = load(() =>
    read('/v1/blacklist/memberships', ListMembershipsResponse.fromJSON),
  );
  protected readonly problem = computed(
    () => this.#case.problem() ?? this.#memberships.problem() ?? this.save.problem(),
  );

  readonly #written = signal<ReadonlyMap<string, FormValue>>(new Map());
  protected readonly fields = computed(() => {
    const memberships = this.#memberships.value()?.memberships ?? [];
    const read = (id: string): FormValue => this.#written().get(id);
    return draftFields({ memberships, of: this.of(), values: valuesOf(read) });
  });
  protected readonly read = (id: string): FormValue => {
    const written = this.#written();
    if (written.has(id)) return written.get(id);
    const field = this.fields().find((one) => one.id === id);
    return field === undefined ? undefined : initialOf(field);
  };
  protected readonly errorOf = (id: string): string | undefined =>
    fieldErrorText(this.save.problem(), id);
  protected readonly isWhole = computed(
    () =>
      this.of() !== undefined &&
      this.fields().every((field) => isFilled(field, this.read(field.id))),
  );

  protected readonly save = action(async (requestId) => {
    const of = this.of();
    if (of === undefined) return;
    const body = draftRequest(this.#listingId, of, valuesOf(this.read));
    const at = path`/v1/blacklist/listings/${this.#listingId}`;
    const sent = PutListingRequest.toJSON(body);
    await this.#api.put(at, sent, PutListingResponse.fromJSON, { requestId });
    await this.#router.navigate(['/blacklist', this.#listingId]);
  });

  protected choose(one: Case): void {
    const queryParams = { case: one.caseId };
    void this.#router.navigate([], { relativeTo: this.#route, queryParams });
  }

  protected set(id: string, value: FormValue): void {
    this.#written.update((written) => new Map(written).set(id, value));
  }
}
