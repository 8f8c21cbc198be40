import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Purpose } from '@recourse/proto/web/blacklist/v1/subject';
import { AdmissionState, GetAdmissionResponse } from '@recourse/proto/web/credit/v1/ratings';
import { drafters } from '../blacklist/listings/roles';
import { path, read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { load } from '../session/load';
import { explain } from '../session/problem-words';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import { formatBps, formatInstant, formatMoney } from '../ui/format';
import { ObjectHeader } from '../ui/object-header';
import { ProblemPanel } from '../ui/problem-panel';
import { proposalTone, stateTone } from './admission-text';
import { DecideDialog } from './decide-dialog';
import { gradeText, gradeTone, termsText } from './reason-text';
import { ReasonsTable } from './reasons-table';
import { t } from './words';

/** One request for admission: asked, proposed by policy with reasons, decided by another. */
@Component({
  imports: [Chip, DecideDialog, MatButton, ObjectHeader, ProblemPanel, ReasonsTable, RouterLink],
  templateUrl: './admission-page.html',
  styles: `
    td {
      white-space: normal;
    }
    li {
      padding-block: 4px;
    }
    section {
      display: flex;
      flex-direction: column;
      gap: 8px;
    }
    .said {
      margin-block-start: 8px;
    }
    .all {
      margin-block-start: 16px;
    }
  `,
})
export class AdmissionPage {
  readonly admissionId = input.required<string>();
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly explain = explain(t);
  protected readonly stateTone = stateTone;
  protected readonly proposalTone = proposalTone;
  protected readonly gradeText = gradeText;
  protected readonly gradeTone = gradeTone;
  protected readonly terms = termsText;
  protected readonly money = formatMoney;
  protected readonly dialogs = dialogUrl(['decide']);
  protected readonly crumbs = () => [{ name: t('admissions'), link: ['/customers/admissions'] }];
  protected readonly loaded = load(
    () => read(path`/v1/admissions/${this.admissionId()}`, GetAdmissionResponse.fromJSON),
    { live: ['admission'] },
  );
  protected readonly admission = computed(() => this.loaded.value()?.admission);
  protected readonly isOpen = computed(() => this.admission()?.state === AdmissionState.ASKED);
  protected readonly onboarding = Purpose.ONBOARDING;
  protected readonly mayScreen = computed(() => this.isOpen() && mayCall(this.#caller(), drafters));
  protected readonly isOwn = computed(
    () => this.admission()?.askedBy?.userId === this.#caller().userId,
  );
  readonly #isDecider = computed(() =>
    mayCall(this.#caller(), ['credit_manager', 'director', 'general_manager']),
  );
  protected readonly mayDecide = computed(
    () => this.isOpen() && this.#isDecider() && !this.isOwn(),
  );
  protected readonly isOthers = computed(() => this.isOpen() && this.#isDecider() && this.isOwn());
  protected readonly conditions = computed(() =>
    (this.admission()?.conditions ?? []).map((code) => t.find(`condition.${code}`) ?? code),
  );
  protected readonly figures = computed(() => {
    const found = this.admission();
    if (found === undefined) return [];
    return [
      { name: t('grade'), value: gradeText(found.rating?.grade ?? '') },
      { name: t('pd'), value: formatBps(found.rating?.pdBps) },
      { name: t('askedLimit'), value: formatMoney(found.askedLimit) },
      { name: this.isOpen() ? t('proposed') : t('granted'), value: formatMoney(found.limit) },
      { name: t('terms'), value: termsText(found.terms) },
    ];
  });
  protected readonly said = computed(() => {
    const found = this.admission();
    if (found === undefined) return '';
    const asked = t('askedBy', {
      name: found.askedBy?.name ?? '',
      at: formatInstant(found.askedAt),
    });
    if (found.decidedBy === undefined) return asked;
    const at = formatInstant(found.decidedAt);
    return `${asked} · ${t('decidedBy', { name: found.decidedBy.name, at })}`;
  });

  protected decided(): void {
    this.dialogs.close();
    this.loaded.reload();
  }
}
