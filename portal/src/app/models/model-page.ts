import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  GetModelResponse,
  ModelState,
  MonitorModelResponse,
  RetireModelRequest,
  RetireModelResponse,
} from '@recourse/proto/web/credit/v1/models';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { load } from '../session/load';
import { explain } from '../session/problem-words';
import { Session } from '../session/session';
import { Chart } from '../ui/chart';
import { Chip } from '../ui/chip';
import { Confirm } from '../ui/confirm';
import { formatInstant } from '../ui/format';
import { ObjectHeader } from '../ui/object-header';
import { ProblemPanel } from '../ui/problem-panel';
import { ProgressLine } from '../ui/progress-line';
import { ActivateDialog } from './activate-dialog';
import { ModelBins } from './model-bins';
import { ModelMonitor } from './model-monitor';
import { ModelNotes } from './model-notes';
import { calibrationSpec, failureText, figureLines, shareText, stateTone } from './model-text';
import { ValidateDialog } from './validate-dialog';
import { t } from './words';

/** One model: how good it is, what it is made of, and its way into use with four eyes. */
@Component({
  imports: [
    ActivateDialog,
    Chart,
    Chip,
    MatButton,
    ModelBins,
    ModelMonitor,
    ModelNotes,
    ObjectHeader,
    ProblemPanel,
    ProgressLine,
    ValidateDialog,
  ],
  templateUrl: './model-page.html',
  styles: `
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
export class ModelPage {
  readonly modelId = input.required<string>();
  readonly #api = inject(Api);
  readonly #confirm = inject(Confirm);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly explain = explain(t);
  protected readonly stateTone = stateTone;
  protected readonly share = shareText;
  protected readonly instant = formatInstant;
  protected readonly failureText = failureText;
  protected readonly dialogs = dialogUrl(['validate', 'activate']);
  protected readonly crumbs = () => [{ name: t('title'), link: ['/customers/models'] }];
  protected readonly loaded = load(
    () => read(path`/v1/credit-models/${this.modelId()}`, GetModelResponse.fromJSON),
    { live: ['job'] },
  );
  protected readonly model = computed(() => this.loaded.value()?.model);
  protected readonly isFitting = computed(() => this.model()?.state === ModelState.FITTING);
  protected readonly isActive = computed(() => this.model()?.state === ModelState.ACTIVE);
  protected readonly isReady = computed(() => {
    const state = this.model()?.state;
    return state === ModelState.FITTED || state === ModelState.RETIRED;
  });
  protected readonly monitored = load(() =>
    this.isActive() || this.model()?.state === ModelState.RETIRED
      ? read(path`/v1/credit-models/${this.modelId()}/monitoring`, MonitorModelResponse.fromJSON)
      : undefined,
  );
  protected readonly isOwn = computed(
    () => this.model()?.fittedBy?.userId === this.#caller().userId,
  );
  readonly #activates = computed(() =>
    mayCall(this.#caller(), ['credit_manager', 'director', 'general_manager']),
  );
  /** What the service refuses anyway; the notes below say why. */
  readonly #isUnusable = computed(() => {
    const found = this.model();
    const leaks = found?.leaks.some((one) => one.code === 'separates_too_well') ?? false;
    return leaks || (found?.unanswered.length ?? 0) > 0;
  });
  protected readonly mayActivate = computed(
    () => this.isReady() && this.#activates() && !this.isOwn() && !this.#isUnusable(),
  );
  protected readonly needsOther = computed(
    () => this.isReady() && this.#activates() && this.isOwn(),
  );
  protected readonly mayRetire = computed(() => this.isActive() && this.#activates());
  protected readonly mayValidate = computed(
    () =>
      (this.isReady() || this.isActive()) &&
      mayCall(this.#caller(), ['credit_manager', 'director', 'auditor']),
  );
  protected readonly characteristics = computed(() =>
    (this.model()?.characteristics ?? []).toSorted(
      (a, b) => b.informationMillionths - a.informationMillionths,
    ),
  );
  protected readonly figures = computed(() => {
    const figures = this.model()?.figures;
    return figures === undefined ? [] : figureLines(figures);
  });
  protected readonly calibration = computed(() => {
    const figures = this.model()?.figures;
    return figures === undefined ? undefined : calibrationSpec(figures.calibration);
  });
  protected readonly said = computed(() => {
    const found = this.model();
    if (found === undefined) return '';
    const asked = { name: found.fittedBy?.name ?? '', at: formatInstant(found.askedAt) };
    const used = { name: found.activatedBy?.name ?? '', at: formatInstant(found.activatedAt) };
    return [
      found.ownOutcomes ? t('ownOutcomes') : `${t('uploaded')} · ${t('target')} ${found.target}`,
      t('fittedByAt', asked),
      ...(found.activatedBy === undefined ? [] : [t('activatedBy', used)]),
    ].join(' · ');
  });

  protected readonly retire = action((requestId) => {
    const modelId = this.modelId();
    return this.#api.post(
      path`/v1/credit-models/${modelId}:retire`,
      RetireModelRequest.toJSON({ modelId, requestId }),
      RetireModelResponse.fromJSON,
      { requestId },
    );
  });

  protected async askRetire(): Promise<void> {
    const question = { heading: t('retireAsk'), text: t('retireText'), action: t('retire') };
    if (!(await this.#confirm.ask({ ...question, danger: true }))) return;
    if ((await this.retire.run()) !== undefined) this.loaded.reload();
  }

  protected done(): void {
    this.dialogs.close();
    this.loaded.reload();
  }
}
