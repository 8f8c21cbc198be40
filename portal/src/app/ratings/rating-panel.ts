import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  GetRatingResponse,
  RateCustomerRequest,
  RateCustomerResponse,
} from '@recourse/proto/web/credit/v1/ratings';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { mayCall } from '../session/caller';
import { load } from '../session/load';
import { explain } from '../session/problem-words';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import { EmptyPanel } from '../ui/empty-panel';
import { formatBps, formatDay, formatInstant, formatMoney } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { LimitBar } from './limit-bar';
import {
  gradeText,
  gradeTone,
  severityTone,
  signName,
  termsText,
  warningText,
} from './reason-text';
import { ReasonsTable } from './reasons-table';
import { WhatIf } from './what-if';
import { t } from './words';

/** A customer's present rating: grade, limit and terms, what stands against it, and why. */
@Component({
  selector: 'rc-rating-panel',
  imports: [Chip, EmptyPanel, LimitBar, MatButton, ProblemPanel, ReasonsTable, WhatIf],
  templateUrl: './rating-panel.html',
  styleUrl: './rating-panel.scss',
})
export class RatingPanel {
  readonly customerId = input.required<string>();
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly explain = explain(t);
  protected readonly gradeText = gradeText;
  protected readonly gradeTone = gradeTone;
  protected readonly terms = termsText;
  protected readonly signName = signName;
  protected readonly severityTone = severityTone;
  protected readonly warningText = warningText;
  protected readonly bps = formatBps;
  protected readonly money = formatMoney;
  protected readonly loaded = load(
    () => read(path`/v1/customers/${this.customerId()}/rating`, GetRatingResponse.fromJSON),
    { live: ['rating', 'customer', 'payment', 'warning'] },
  );
  protected readonly rating = computed(() => this.loaded.value()?.rating);
  protected readonly mayRate = computed(() =>
    mayCall(this.#caller(), ['credit_manager', 'supervisor', 'director', 'creditor:org_admin']),
  );
  protected readonly limitWhy = computed(() => {
    const rating = this.rating();
    if (rating?.policyLimit === undefined) return '';
    const told = t('limitWhy', { policy: formatMoney(rating.policyLimit) });
    const isCapped = rating.limit !== undefined && rating.limit.minor < rating.policyLimit.minor;
    return isCapped ? `${told} ${t('limitCapped')}` : told;
  });
  protected readonly source = computed(() => {
    const rating = this.rating();
    if (rating === undefined) return '';
    const version = rating.modelVersion;
    return [
      `${t('ratedAt')} ${formatInstant(rating.ratedAt)}`,
      t.find(rating.cause) ?? rating.cause,
      rating.modelId === 'expert' ? t('expert', { version }) : t('model', { version }),
      t('policyVersion', { version: rating.policyVersion }),
      `${t('reviewOn')} ${formatDay(rating.reviewOn)}`,
    ].join(' · ');
  });
  protected readonly rate = action((requestId) => {
    const customerId = this.customerId();
    return this.#api.post(
      path`/v1/customers/${customerId}/rating:rate`,
      RateCustomerRequest.toJSON({ customerId, requestId }),
      RateCustomerResponse.fromJSON,
      { requestId },
    );
  });

  protected async askRate(): Promise<void> {
    if ((await this.rate.run()) !== undefined) this.loaded.reload();
  }
}
