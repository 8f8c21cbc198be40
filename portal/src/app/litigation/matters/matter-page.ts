import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatTabsModule } from '@angular/material/tabs';
import { RouterLink } from '@angular/router';
import {
  CloseMatterRequest,
  CloseMatterResponse,
  GetMatterResponse,
  ListProceduresResponse,
  MatterOutcome,
  MatterState,
} from '@recourse/proto/web/litigation/v1/matters';
import { Api, path, read } from '../../session/api';
import { mayCall } from '../../session/caller';
import { dialogUrl } from '../../session/dialog-url';
import { load } from '../../session/load';
import { Session } from '../../session/session';
import { tabUrl } from '../../session/tab-url';
import { Chip } from '../../ui/chip';
import { FormDialog } from '../../ui/form-dialog';
import type { Form } from '../../ui/form-values';
import { formatDay, formatMoney } from '../../ui/format';
import { ObjectHeader } from '../../ui/object-header';
import type { Figure } from '../../ui/object-header';
import { namedValues, optionsOf } from '../../ui/options-of';
import { InstantPipe, MoneyPipe } from '../../ui/pipes';
import { ProblemPanel } from '../../ui/problem-panel';
import { DeadlinesTab } from '../deadlines/deadlines-tab';
import { ClaimsTab } from './claims-tab';
import { EvidenceTab } from '../papers/evidence-tab';
import { MoneyTab } from '../money/money-tab';
import { PapersTab } from '../papers/papers-tab';
import { ProceedingsTab } from './proceedings-tab';
import { t } from './words';

/** One matter: what is claimed, how far it is, which day presses; then its work by tab. */
@Component({
  imports: [
    Chip,
    ClaimsTab,
    DeadlinesTab,
    EvidenceTab,
    FormDialog,
    InstantPipe,
    MatButton,
    MatTabsModule,
    MoneyPipe,
    MoneyTab,
    ObjectHeader,
    PapersTab,
    ProblemPanel,
    ProceedingsTab,
    RouterLink,
  ],
  templateUrl: './matter-page.html',
  styleUrl: './matter-page.scss',
})
export class MatterPage {
  readonly matterId = input.required<string>();
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly dialogs = dialogUrl(['close']);
  protected readonly tabs = tabUrl([
    'proceedings',
    'deadlines',
    'evidence',
    'claims',
    'money',
    'papers',
  ]);
  protected readonly crumbs = () => [{ name: t('title'), link: ['/litigation'] }];
  protected readonly loaded = load(
    () => read(path`/v1/matters/${this.matterId()}`, GetMatterResponse.fromJSON),
    { live: [{ noun: 'matter', id: () => this.matterId() }, 'deadline', 'judgment'] },
  );
  readonly #procedures = load(() =>
    read('/v1/litigation/procedures', ListProceduresResponse.fromJSON),
  );
  protected readonly tracks = computed(() => this.#procedures.value()?.tracks ?? []);
  protected readonly matter = computed(() => this.loaded.value()?.matter);
  protected readonly isOpen = computed(() => this.matter()?.state === MatterState.OPEN);
  protected readonly isOfficer = computed(() => mayCall(this.#caller(), ['legal_officer']));
  protected readonly mayWork = computed(() => this.isOfficer() && this.isOpen());

  protected readonly figures = computed((): Figure[] => {
    const matter = this.matter();
    if (matter === undefined) return [];
    const unconfirmed = matter.unconfirmedDeadlines;
    return [
      { name: t('claimed'), value: formatMoney(matter.claimed) },
      { name: t('recovered'), value: formatMoney(matter.recovered), tone: 'in' },
      { name: t('spent'), value: formatMoney(matter.spent) },
      {
        name: t('nextDeadline'),
        value: formatDay(matter.nextDeadline),
        ...(unconfirmed > 0
          ? { tone: 'warn' as const, hint: `${t('unconfirmed')} ${unconfirmed}` }
          : {}),
      },
      { name: t('limitation'), value: formatDay(matter.limitationExpiresOn) },
    ];
  });

  protected readonly closing = computed((): Form | undefined => {
    const matter = this.matter();
    if (matter === undefined || this.dialogs.open() !== 'close' || !this.mayWork())
      return undefined;
    const { matterId, version } = matter;
    return {
      heading: t('closeTitle'),
      action: t('close'),
      fields: () => [
        {
          id: 'outcome',
          kind: 'choice',
          label: t('outcome'),
          options: optionsOf(namedValues(MatterOutcome), t),
        },
        { id: 'reason', kind: 'text', label: t('closeReason'), rows: 3, least: 2 },
      ],
      send: (values, { requestId }) => {
        const outcome =
          namedValues(MatterOutcome).find((one) => one === values.text('outcome')) ??
          MatterOutcome.UNSPECIFIED;
        const reason = values.text('reason');
        const body = { matterId, outcome, reason, expectedVersion: version, requestId };
        return this.#api.post(
          path`/v1/matters/${matterId}:close`,
          CloseMatterRequest.toJSON(body),
          CloseMatterResponse.fromJSON,
          { requestId },
        );
      },
    };
  });

  protected changed(): void {
    this.dialogs.close();
    this.loaded.reload();
  }
}
