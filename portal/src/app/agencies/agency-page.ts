import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Agency, GetAgencyResponse } from '@recourse/proto/web/agencies/v1/agencies';
import type { Licence } from '@recourse/proto/web/agencies/v1/agencies';
import { termsText } from '../placements/terms-text';
import { OwnStanding } from '../ranking/own-standing';
import { path, read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import {
  formatCount,
  formatDay,
  formatLanguage,
  formatMoney,
  formatNumber,
  today,
} from '../ui/format';
import { EmptyPanel } from '../ui/empty-panel';
import { ObjectHeader } from '../ui/object-header';
import { ProblemPanel } from '../ui/problem-panel';
import { ComplaintsPart } from './complaints-part';
import { ConflictsPart } from './conflicts-part';
import { ProfileDialog } from './profile-dialog';
import { intervalText, recoveryText, reportsText } from './record-text';
import { t } from './words';

/** One agency as a creditor sees it, or as it sees itself under Standing. */
@Component({
  imports: [
    Chip,
    ComplaintsPart,
    ConflictsPart,
    EmptyPanel,
    MatButton,
    ObjectHeader,
    OwnStanding,
    ProblemPanel,
    ProfileDialog,
  ],
  templateUrl: './agency-page.html',
  styles: `
    dl {
      display: grid;
      grid-template-columns: max-content 1fr;
      gap: 8px 16px;
      margin: 0;
    }
    .about {
      margin-block-end: 12px;
    }
    dt {
      color: var(--rc-text-2);
    }
    dd {
      margin: 0;
    }
    .sides {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 16px;
      margin-block-start: 16px;
    }
    @media (min-width: 960px) {
      .sides {
        grid-template-columns: 1fr 1fr;
        align-items: start;
      }
    }
  `,
})
export class AgencyPage {
  /** Absent on the agency's own page. */
  readonly agencyId = input<string>();
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly termsText = termsText;
  protected readonly interval = intervalText;
  protected readonly recovery = recoveryText;
  protected readonly dialogs = dialogUrl(['profile']);
  protected readonly mayEdit = computed(
    () =>
      this.agencyId() === undefined &&
      mayCall(this.#caller(), ['agency_manager', 'agency:org_admin']),
  );
  /** A creditor its own about any agency, an agency those about itself. */
  protected readonly seesComplaints = computed(() =>
    this.agencyId() === undefined
      ? mayCall(this.#caller(), ['agency:*'])
      : mayCall(this.#caller(), ['creditor:*']),
  );
  protected readonly id = computed(() => this.agencyId() ?? this.#caller().orgId);
  protected readonly crumbs = computed(() =>
    this.agencyId() === undefined ? [] : [{ name: t('title'), link: ['/agencies'] }],
  );
  protected readonly loaded = load(
    () => read(path`/v1/agencies/${this.id()}`, GetAgencyResponse.fromJSON),
    { live: ['agency', 'placement', 'report', 'payment'] },
  );
  protected readonly agency = computed(() => this.loaded.value()?.agency);
  /** The agency has not written about itself yet. */
  protected readonly isNew = computed(
    () => this.agencyId() === undefined && this.loaded.problem()?.status === 404,
  );
  protected readonly blank = computed(() => {
    const { orgId: agencyId, orgName: name } = this.#caller();
    return Agency.fromPartial({
      agencyId,
      name,
      languages: ['zh-CN'],
      agentCount: 1,
      capacityCases: 120,
    });
  });
  protected readonly figures = computed(() => {
    const found = this.agency();
    if (found === undefined) return [];
    const { record } = found;
    // 0 tenths says that no placement has brought a payment yet.
    const tenths = record?.meanDaysToFirstPaymentTenths ?? 0;
    return [
      { name: t('recovery'), value: recoveryText(record), hint: intervalText(record) },
      { name: t('active'), value: formatCount(found.activeCases) },
      { name: t('capacity'), value: formatCount(found.capacityCases) },
      {
        name: t('openAmount'),
        value: formatMoney(found.openAmount),
        hint: t('openAmountOf', { most: formatMoney(found.capacityAmount) }),
      },
      { name: t('reports'), value: reportsText(record) },
      {
        name: t('firstPayment'),
        value: tenths === 0 ? '–' : t('daysValue', { days: formatNumber(tenths / 10) }),
      },
    ];
  });

  protected languagesText(codes: readonly string[]): string {
    return codes.map(formatLanguage).join(' · ');
  }

  protected saved(): void {
    this.dialogs.close();
    this.loaded.reload();
  }

  protected isExpired(licence: Licence): boolean {
    return licence.expiresOn < today();
  }

  protected expiry(licence: Licence): string {
    return this.isExpired(licence)
      ? t('expired')
      : t('expires', { day: formatDay(licence.expiresOn) });
  }

  /** `licence_expired:营业执照`: the reason, and what it is about. */
  protected suspendedText(reason: string): string {
    const [name = reason, ...about] = reason.split(':');
    return [t.find(`suspended.${name}`) ?? name, ...about].join(' ');
  }
}
