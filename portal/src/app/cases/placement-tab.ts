import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PlacementState } from '@recourse/proto/web/agencies/v1/placements';
import type { Placement } from '@recourse/proto/web/agencies/v1/placements';
import {
  GetReportResponse,
  ListReportsRequest,
  ListReportsResponse,
  ReportState,
} from '@recourse/proto/web/agencies/v1/reports';
import { PackPanel } from '../placements/pack';
import { termsText } from '../placements/terms-text';
import { t as placementWords } from '../placements/words';
import { attitudeText, receivedText, reportTone } from '../reports/report-text';
import { t as reportWords } from '../reports/words';
import { path, read } from '../session/api';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import type { Tone } from '../ui/chip';
import { EmptyPanel } from '../ui/empty-panel';
import { formatDay } from '../ui/format';
import { BpsPipe, DayPipe, InstantPipe, MoneyPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { tabWords } from './tab-words';
import { t } from './words';

const tones: Partial<Record<PlacementState, Tone>> = {
  [PlacementState.OFFERED]: 'info',
  [PlacementState.ACTIVE]: 'good',
  [PlacementState.DECLINED]: 'warn',
};

/** The agencies that a case was given to, newest first, and what the one at work last reported. */
@Component({
  selector: 'rc-placement-tab',
  imports: [
    BpsPipe,
    Chip,
    DayPipe,
    EmptyPanel,
    InstantPipe,
    MoneyPipe,
    PackPanel,
    ProblemPanel,
    RouterLink,
  ],
  templateUrl: './placement-tab.html',
  styleUrl: './part.scss',
})
export class PlacementTab {
  readonly caseId = input.required<string>();
  readonly placements = input.required<readonly Placement[] | undefined>();
  readonly #caller = inject(Session).caller;
  protected readonly t = tabWords;
  protected readonly words = t;
  protected readonly placementWords = placementWords;
  protected readonly reportWords = reportWords;
  protected readonly isCreditor = computed(() => this.#caller().orgKind === 'creditor');
  protected readonly terms = termsText;
  protected readonly receivedText = receivedText;
  protected readonly attitudeText = attitudeText;
  protected readonly reportTone = reportTone;
  protected readonly active = computed(() =>
    this.placements()?.find((one) => one.state === PlacementState.ACTIVE),
  );

  /** A creditor prepares the pack beforehand; an agency reads it while it works the case. */
  protected readonly hasPack = computed(() => this.isCreditor() || this.active() !== undefined);

  /** The newest report that was handed in. */
  protected readonly reports = load(
    () => {
      const of = this.active();
      if (of === undefined) return undefined;
      const { agencyId, creditorId } = of;
      const states = [ReportState.SUBMITTED, ReportState.QUERIED, ReportState.ACKNOWLEDGED];
      const request = { states, agencyId, creditorId, page: { size: 1 } };
      return read(
        '/v1/reports',
        ListReportsResponse.fromJSON,
        ListReportsRequest.toJSON(ListReportsRequest.fromPartial(request)),
      );
    },
    { live: ['report'] },
  );
  readonly #latest = computed(() => this.reports.value()?.reports[0]?.reportId);
  protected readonly report = load(() => {
    const reportId = this.#latest();
    return reportId === undefined
      ? undefined
      : read(path`/v1/reports/${reportId}`, GetReportResponse.fromJSON);
  });
  protected readonly line = computed(() =>
    this.report.value()?.report?.lines.find((one) => one.caseId === this.caseId()),
  );

  protected tone(state: PlacementState): Tone {
    return tones[state] ?? 'neutral';
  }

  protected week(day: string): string {
    return tabWords('reportWeek', { day: formatDay(day) });
  }
}
