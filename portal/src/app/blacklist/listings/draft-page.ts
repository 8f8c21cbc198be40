import { Component, computed, inject, input, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { ListMembershipsResponse } from '@recourse/proto/web/blacklist/v1/associations';
import {
  GetListingResponse,
  ListingState,
  PutListingRequest,
  PutListingResponse,
} from '@recourse/proto/web/blacklist/v1/listings';
import { CaseState, GetCaseResponse } from '@recourse/proto/web/cases/v1/cases';
import { ListCasesRequest, ListCasesResponse } from '@recourse/proto/web/cases/v1/cases';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import { action } from '../../session/action';
import { Api, path, read } from '../../session/api';
import { mayCall } from '../../session/caller';
import { draft } from '../../session/draft';
import { load } from '../../session/load';
import { newId } from '../../session/new-id';
import { fieldErrorText } from '../../session/problem-words';
import { Session } from '../../session/session';
import { DraftNote } from '../../ui/draft-note';
import { FormBody } from '../../ui/form-body';
import { valuesOf } from '../../ui/form-values';
import type { FormField, FormValue, FormValues } from '../../ui/form-values';
import { PageHeader } from '../../ui/page-header';
import { ProblemPanel } from '../../ui/problem-panel';
import { SearchBox } from '../../ui/search-box';
import { writtenForm } from '../../ui/written-form';
import { DraftConflict } from './draft-conflict';
import { draftFields, draftRequest, isWritten, neverKept, nothingWritten } from './draft-form';
import type { DraftOf } from './draft-form';
import { drafters } from './roles';
import { t } from './words';

/** A draft's debtor and version as the page holds them, and how the debtor is told. */
type About = DraftOf & { name: string; number: string };

/**
 * Drafts a report from a case, whose debtor's payments are then followed; or changes a saved draft.
 * A draft that somebody else saved meanwhile is not written over unseen.
 */
@Component({
  imports: [
    DraftConflict,
    DraftNote,
    FormBody,
    MatButton,
    PageHeader,
    ProblemPanel,
    RouterLink,
    SearchBox,
  ],
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
  /** The draft that is changed; empty for a new one, for which the router gives undefined. */
  readonly listingId = input('', { transform: (id: string | undefined) => id ?? '' });
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  readonly #route = inject(ActivatedRoute);
  readonly #caller = inject(Session).caller;
  readonly #newId = newId();
  readonly #params = toSignal(this.#route.queryParamMap, {
    initialValue: this.#route.snapshot.queryParamMap,
  });
  protected readonly t = t;
  protected readonly crumbs = () => [{ name: t('title'), link: ['/blacklist'] }];
  protected readonly isEdit = computed(() => this.listingId() !== '');
  readonly #caseId = computed(() => this.#params().get('case') ?? '');
  protected readonly isSearching = computed(() => !this.isEdit() && this.#caseId() === '');
  protected readonly query = signal('');
  /** Not live: what stands here is what the person has seen. */
  readonly #saved = load(() =>
    this.isEdit()
      ? read(path`/v1/blacklist/listings/${this.listingId()}`, GetListingResponse.fromJSON)
      : undefined,
  );
  protected readonly saved = computed(() => this.#saved.value()?.listing);
  readonly #case = load(() =>
    this.#caseId() === ''
      ? undefined
      : read(path`/v1/cases/${this.#caseId()}`, GetCaseResponse.fromJSON),
  );
  protected readonly found = load(() =>
    this.isSearching()
      ? read(
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
        )
      : undefined,
  );
  readonly #memberships = load(() =>
    read('/v1/blacklist/memberships', ListMembershipsResponse.fromJSON),
  );
  protected readonly problem = computed(
    () =>
      this.#saved.problem() ??
      this.#case.problem() ??
      this.#memberships.problem() ??
      (this.theirs() === undefined ? this.save.problem() : undefined),
  );

  /** Why a saved draft may not be changed here. */
  protected readonly refusal = computed(() => {
    const listing = this.saved();
    if (listing === undefined) return '';
    const isOurs = listing.reporterId === this.#caller().orgId;
    if (!isOurs || !mayCall(this.#caller(), drafters)) return t('onlyReporter');
    return listing.state === ListingState.DRAFT ? '' : t('noDraft');
  });
  protected readonly about = computed((): About | undefined => {
    const listing = this.saved();
    if (listing !== undefined) {
      const { listingId, debtorId, caseId, version: expectedVersion, name } = listing;
      const subjectRefused = listing.legalBasis?.subjectRefused ?? false;
      const of = { listingId, debtorId, caseId, expectedVersion, subjectRefused };
      return { ...of, name, number: '' };
    }
    const of = this.#case.value()?.case;
    if (of === undefined) return undefined;
    const { debtorId, caseId, debtorName: name, number } = of;
    const rest = { listingId: this.#newId, expectedVersion: 0n, subjectRefused: false };
    return { ...rest, debtorId, caseId, name, number };
  });

  /**
   * What was written, by field; kept for the case, or for the version of the saved draft that the
   * person saw, so that it is never laid over what somebody else saved since.
   */
  protected readonly kept = draft(
    () => {
      const saved = this.saved();
      return saved === undefined
        ? `listing.case.${this.#caseId()}`
        : `listing.${saved.listingId}.${saved.version}`;
    },
    nothingWritten,
    isWritten,
  );
  readonly #unkept = signal<ReadonlyMap<string, FormValue>>(new Map());
  readonly #written = computed(
    () =>
      new Map<string, FormValue>([
        ...this.kept().map(([id, value]) => [id, value ?? undefined] as const),
        ...this.#unkept(),
      ]),
  );
  readonly #fields = computed(() => {
    const memberships = this.#memberships.value()?.memberships ?? [];
    const ground = { memberships, of: this.#case.value()?.case, saved: this.saved() };
    return (values: FormValues): FormField[] => draftFields(ground, values);
  });
  protected readonly drawn = computed(() => writtenForm(this.#fields(), this.#written()));
  protected readonly errorOf = (id: string): string | undefined =>
    fieldErrorText(this.save.problem(), id);

  /** The version that was saved meanwhile, as its fields. */
  protected readonly theirs = signal<{ fields: FormField[]; version: bigint } | undefined>(
    undefined,
  );

  protected readonly save = action(async (requestId, expectedVersion: bigint) => {
    const about = this.about();
    if (about === undefined) return;
    const { listingId } = about;
    const body = draftRequest({ ...about, expectedVersion }, this.drawn().values);
    const at = path`/v1/blacklist/listings/${listingId}`;
    const sent = PutListingRequest.toJSON(body);
    await this.#api.put(at, sent, PutListingResponse.fromJSON, { requestId });
    this.kept.forget();
    await this.#router.navigate(['/blacklist', listingId]);
  });

  protected async store(version: bigint): Promise<void> {
    await this.save.run(version);
    if (this.save.problem()?.reason === 'listing_changed_meanwhile') await this.#readTheirs();
  }

  async #readTheirs(): Promise<void> {
    const at = path`/v1/blacklist/listings/${this.listingId()}`;
    const { listing } = await this.#api.get(at, GetListingResponse.fromJSON);
    if (listing === undefined) return;
    const memberships = this.#memberships.value()?.memberships ?? [];
    const fields = draftFields(
      { memberships, saved: listing },
      valuesOf(() => undefined),
    );
    this.theirs.set({ fields, version: listing.version });
  }

  protected takeTheirs(): void {
    this.kept.forget();
    this.#unkept.set(new Map());
    this.theirs.set(undefined);
    this.save.clear();
    this.#saved.reload();
  }

  protected choose(one: Case): void {
    const queryParams = { case: one.caseId };
    void this.#router.navigate([], { relativeTo: this.#route, queryParams });
  }

  protected set(id: string, value: FormValue): void {
    if (value instanceof File || neverKept.has(id)) {
      this.#unkept.update((written) => new Map(written).set(id, value));
      return;
    }
    const rest = this.kept().filter(([known]) => known !== id);
    this.kept.set([...rest, [id, value ?? null]]);
  }
}
