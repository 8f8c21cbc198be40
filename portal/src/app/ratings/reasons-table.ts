import { Component, computed, input } from '@angular/core';
import type { Rating, RatingReason } from '@recourse/proto/web/credit/v1/ratings';
import { formatCount } from '../ui/format';
import { binText, groupName, reasonName, ruleText, signed, valueText } from './reason-text';
import { t } from './words';

/** Why a rating is what it is: every characteristic with what was found and its points. */
@Component({
  selector: 'rc-reasons-table',
  template: `
    @if (rules().length > 0) {
      <h3>{{ t('rules') }}</h3>
      <ul class="rules">
        @for (rule of rules(); track rule) {
          <li>{{ rule }}</li>
        }
      </ul>
    }
    <div class="rc-scroll" tabindex="0" role="region" [attr.aria-label]="t('why')">
      <table class="rc-lines">
        <thead>
          <tr>
            <th scope="col">{{ t('reason') }}</th>
            <th scope="col">{{ t('found') }}</th>
            <th scope="col">{{ t('bin') }}</th>
            <th scope="col" class="rc-number">{{ t('points') }}</th>
            <th scope="col" class="bars">
              <span class="rc-hidden">{{ t('points') }}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{{ t('base') }}</th>
            <td colspan="2"></td>
            <td class="rc-number">{{ count(of().basePoints) }}</td>
            <td class="bars"></td>
          </tr>
          @for (reason of shown(); track reason.code) {
            <tr>
              <th scope="row">
                {{ name(reason.code) }}
                <span class="rc-muted group">{{ group(reason.group) }}</span>
              </th>
              <td [class.rc-muted]="reason.missing">{{ value(reason.code, reason.value) }}</td>
              <td class="rc-muted">{{ bin(reason) }}</td>
              <td class="rc-number" [class]="reason.points < 0 ? 'rc-bad' : 'rc-good'">
                {{ signed(reason.points) }}
              </td>
              <td class="bars" aria-hidden="true">
                <span class="half">
                  @if (reason.points < 0) {
                    <span class="bar minus" [style.inline-size.%]="lengthOf(reason)"></span>
                  }
                </span>
                <span class="half plus">
                  @if (reason.points > 0) {
                    <span class="bar" [style.inline-size.%]="lengthOf(reason)"></span>
                  }
                </span>
              </td>
            </tr>
          }
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{{ t('total') }}</th>
            <td colspan="2"></td>
            <td class="rc-number">{{ count(of().score) }}</td>
            <td class="bars"></td>
          </tr>
        </tfoot>
      </table>
    </div>
    @if (silent().length > 0) {
      <details>
        <summary>{{ t('noEffect', { count: silent().length }) }}</summary>
        <ul class="silent">
          @for (reason of silent(); track reason.code) {
            <li>
              {{ name(reason.code) }}
              <span class="rc-muted">{{ value(reason.code, reason.value) }}</span>
            </li>
          }
        </ul>
      </details>
    }
  `,
  styleUrl: './reasons-table.scss',
})
export class ReasonsTable {
  readonly of = input.required<Rating>();
  protected readonly t = t;
  protected readonly name = reasonName;
  protected readonly group = groupName;
  protected readonly value = valueText;
  protected readonly bin = binText;
  protected readonly signed = signed;
  protected readonly count = formatCount;
  protected readonly rules = computed(() => this.of().rules.map(ruleText));
  protected readonly shown = computed(() => this.of().reasons.filter((one) => one.points !== 0));
  protected readonly silent = computed(() => this.of().reasons.filter((one) => one.points === 0));
  readonly #most = computed(() =>
    Math.max(1, ...this.of().reasons.map((one) => Math.abs(one.points))),
  );

  protected lengthOf(reason: RatingReason): number {
    return (Math.abs(reason.points) / this.#most()) * 100;
  }
}
