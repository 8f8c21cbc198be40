import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  CancelImportRequest,
  CancelImportResponse,
  CheckImportRequest,
  CheckImportResponse,
  CommitImportRequest,
  CommitImportResponse,
  GetImportResponse,
  ImportState,
  UndoImportRequest,
  UndoImportResponse,
} from '@recourse/proto/web/cases/v1/imports';
import type { Import, ImportMapping } from '@recourse/proto/web/cases/v1/imports';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { Live } from '../session/live';
import { load } from '../session/load';
import { Confirm } from '../ui/confirm';
import { formatCount } from '../ui/format';
import { PageHeader } from '../ui/page-header';
import { ProblemPanel } from '../ui/problem-panel';
import { ProgressLine } from '../ui/progress-line';
import { Wizard } from '../ui/wizard';
import { WizardStep } from '../ui/wizard-step';
import { CheckStep } from './check-step';
import { MappingStep } from './mapping-step';
import { ResultStep } from './result-step';
import { importSteps, isWorking, stepOf } from './steps';
import { t } from './words';

/** One import from its file to its result; its state decides the step, the URL names it. */
@Component({
  imports: [
    CheckStep,
    MappingStep,
    MatButton,
    NgTemplateOutlet,
    PageHeader,
    ProblemPanel,
    ProgressLine,
    ResultStep,
    Wizard,
    WizardStep,
  ],
  templateUrl: './import-page.html',
  styles: `
    .summary {
      display: grid;
      grid-template-columns: max-content 1fr;
      gap: 8px 16px;
      margin: 0;
    }
    dt {
      color: var(--rc-text-2);
    }
    dd {
      margin: 0;
      overflow-wrap: anywhere;
    }
  `,
})
export class ImportPage {
  readonly importId = input.required<string>();
  readonly #api = inject(Api);
  readonly #live = inject(Live);
  readonly #confirm = inject(Confirm);
  protected readonly t = t;
  protected readonly count = formatCount;
  protected readonly steps = () => importSteps();
  protected readonly crumbs = () => [
    { name: t('receivables'), link: ['/receivables'] },
    { name: t('listTitle'), link: ['/receivables/imports'] },
  ];

  protected readonly loaded = load(
    () => read(path`/v1/imports/${this.importId()}`, GetImportResponse.fromJSON),
    { live: [{ noun: 'import', id: () => this.importId() }] },
  );
  protected readonly found = computed(() => this.loaded.value()?.import);
  protected readonly working = computed(() => isWorking(this.found()?.state ?? ImportState.FAILED));
  /** A person may go back to the columns from the check; a new state moves on. */
  protected readonly step = linkedSignal<ImportState | undefined, number>({
    source: () => this.found()?.state,
    computation: (state) => stepOf(state ?? ImportState.UNSPECIFIED),
  });
  protected readonly progress = computed(() => {
    const kept = this.found()?.progress;
    const live = this.#live.progress(this.importId())();
    const stage = this.stageText();
    if (live !== undefined) return { ...live, stage };
    return {
      stage,
      done: Number(kept?.done ?? 0n),
      total: Number(kept?.total ?? 0n),
      perSecond: Number(kept?.perSecond ?? 0n),
    };
  });

  private stageText(): string {
    switch (this.found()?.state) {
      case ImportState.CHECKING:
        return t('checking');
      case ImportState.COMMITTING:
        return t('committing');
      case ImportState.UNDOING:
        return t('undoing');
      default:
        return t('analysing');
    }
  }

  protected readonly check = action((requestId, mapping: ImportMapping) =>
    this.#change(
      'check',
      CheckImportRequest.toJSON({
        importId: this.importId(),
        mapping,
        expectedVersion: this.#version(),
        requestId,
      }),
      CheckImportResponse.fromJSON,
      requestId,
    ),
  );
  protected readonly commit = action((requestId) =>
    this.#change(
      'commit',
      CommitImportRequest.toJSON({
        importId: this.importId(),
        expectedVersion: this.#version(),
        requestId,
      }),
      CommitImportResponse.fromJSON,
      requestId,
    ),
  );
  protected readonly undo = action((requestId) =>
    this.#change(
      'undo',
      UndoImportRequest.toJSON({ importId: this.importId(), requestId }),
      UndoImportResponse.fromJSON,
      requestId,
    ),
  );
  protected readonly cancel = action((requestId) =>
    this.#change(
      'cancel',
      CancelImportRequest.toJSON({ importId: this.importId(), requestId }),
      CancelImportResponse.fromJSON,
      requestId,
    ),
  );
  protected readonly problem = computed(
    () =>
      this.check.problem() ?? this.commit.problem() ?? this.undo.problem() ?? this.cancel.problem(),
  );

  #version(): bigint {
    return this.found()?.version ?? 0n;
  }

  async #change(
    verb: string,
    body: unknown,
    decode: (json: unknown) => { import?: Import | undefined },
    requestId: string,
  ): Promise<void> {
    await this.#api.post(path`/v1/imports/${this.importId()}:${verb}`, body, decode, { requestId });
    this.loaded.reload();
  }

  protected delimiterText(delimiter: string): string {
    return t.find(`delimiter.${delimiter === '\t' ? 'tab' : delimiter}`) ?? delimiter;
  }

  protected async askUndo(): Promise<void> {
    const text = t('undoText');
    const yes = await this.#confirm.ask({
      heading: t('undoAsk'),
      text,
      action: t('undo'),
      danger: true,
    });
    if (yes) await this.undo.run();
  }

  protected async askCancel(): Promise<void> {
    const text = t('cancelText');
    const yes = await this.#confirm.ask({
      heading: t('cancelAsk'),
      text,
      action: t('cancel'),
      danger: true,
    });
    if (yes) await this.cancel.run();
  }
}
