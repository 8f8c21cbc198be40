import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  CloseStatementRequest,
  CloseStatementResponse,
  ExportStatementResponse,
  GetStatementResponse,
  LineMark,
  MarkStatementLineRequest,
  MarkStatementLineResponse,
  StatementState,
} from '@recourse/proto/web/agencies/v1/commission';
import type { CommissionLine, Statement } from '@recourse/proto/web/agencies/v1/commission';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { mayCall } from '../session/caller';
import { language } from '../session/language';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import { Confirm } from '../ui/confirm';
import { Dialog } from '../ui/dialog';
import { formatInstant, formatMoney } from '../ui/format';
import { ObjectHeader } from '../ui/object-header';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { LinesTable } from './lines-table';
import { markQueue } from './mark-queue';
import { t } from './words';

/** A statement: every line traces to a payment; it closes when each is ticked or held. */
@Component({
  imports: [Chip, Dialog, LinesTable, MatButton, ObjectHeader, ProblemPanel, TextField],
  templateUrl: './statement-page.html',
  styles: `
    .far {
      margin-block-end: 8px;
    }
  `,
})
export class StatementPage {
  readonly statementId = input.required<string>();
  readonly #api = inject(Api);
  readonly #confirm = inject(Confirm);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly holding = signal<CommissionLine | undefined>(undefined);
  protected readonly reason = signal('');
  protected readonly isAgency = computed(() => this.#caller().orgKind === 'agency');
  protected readonly crumbs = () => [
    { name: this.isAgency() ? t('agencyTitle') : t('title'), link: ['/commission'] },
  ];
  protected readonly loaded = load(
    () => read(path`/v1/statements/${this.statementId()}`, GetStatementResponse.fromJSON),
    { live: ['statement'] },
  );
  /** As last heard: a mark is answered with the statement, so it need not be read again. */
  protected readonly statement = computed(() =>
    [...this.#queue.answered().values()].reduce(
      (last, { statement }) =>
        (statement?.version ?? 0n) > (last?.version ?? 0n) ? statement : last,
      this.loaded.value()?.statement,
    ),
  );
  protected readonly isOpen = computed(() => this.statement()?.state === StatementState.OPEN);
  protected readonly mayMark = computed(
    () => this.isOpen() && mayCall(this.#caller(), ['finance', 'director']),
  );
  protected readonly isChecked = computed(() => {
    const found = this.statement();
    return (
      found !== undefined &&
      found.lineCount > 0n &&
      found.tickedCount + found.heldCount === found.lineCount
    );
  });
  protected readonly figures = computed(() => {
    const found = this.statement();
    if (found === undefined) return [];
    return [
      { name: t('payments'), value: formatMoney(found.payments) },
      { name: t('commission'), value: formatMoney(found.commission) },
      { name: t('vat'), value: formatMoney(found.vat) },
      { name: t('payable'), value: formatMoney(found.payable) },
      { name: t('heldAmount'), value: formatMoney(found.held) },
    ];
  });
  protected readonly progress = computed(() => {
    const found = this.statement();
    if (found === undefined) return '';
    const { tickedCount: ticked, heldCount: held, lineCount: lines } = found;
    return t('progress', { ticked, held, lines });
  });
  protected readonly closedText = computed(() => {
    const found = this.statement();
    if (found?.closedBy === undefined) return '';
    return t('closedBy', { name: found.closedBy.name, at: formatInstant(found.closedAt ?? '') });
  });

  readonly #queue = markQueue((requestId, { lineId, mark, holdReason }) => {
    const statementId = this.statementId();
    const request: MarkStatementLineRequest = { statementId, lineId, mark, holdReason, requestId };
    return this.#api.post(
      path`/v1/statements/${statementId}/lines/${lineId}:mark`,
      MarkStatementLineRequest.toJSON(request),
      MarkStatementLineResponse.fromJSON,
      { requestId },
    );
  });
  protected readonly waiting = this.#queue.waiting;
  protected readonly lines = computed(() =>
    this.loaded.value()?.lines.map((line) => {
      const answer = this.#queue.answered().get(line.lineId);
      return answer?.line !== undefined && this.#isNewer(answer.statement) ? answer.line : line;
    }),
  );
  protected readonly openLines = computed(
    () =>
      this.lines()?.filter(
        ({ mark, lineId }) => mark === LineMark.OPEN && !this.waiting().has(lineId),
      ) ?? [],
  );
  protected readonly close = action((requestId) => {
    const statementId = this.statementId();
    const expectedVersion = this.statement()?.version ?? 0n;
    return this.#api.post(
      path`/v1/statements/${statementId}:close`,
      CloseStatementRequest.toJSON({ statementId, expectedVersion, requestId }),
      CloseStatementResponse.fromJSON,
      { requestId },
    );
  });
  protected readonly export = action(async (_requestId, format: 'csv' | 'xlsx' | 'pdf') => {
    const at = path`/v1/statements/${this.statementId()}/file`;
    const asked = { format, language: language() };
    const { file } = await this.#api.get(at, ExportStatementResponse.fromJSON, asked);
    if (file !== undefined) await this.#api.download(path`/v1/files/${file.fileId}`, file.fileName);
    return true;
  });
  protected readonly problem = computed(
    () => this.#queue.problem() ?? this.close.problem() ?? this.export.problem(),
  );

  protected async onMark({ line, to }: { line: CommissionLine; to: LineMark }): Promise<void> {
    if (to === LineMark.HELD) this.holding.set(line);
    else await this.#queue.add([{ lineId: line.lineId, mark: to, holdReason: '' }]);
  }

  protected hold(line: CommissionLine): void {
    const holdReason = this.reason().trim();
    void this.#queue.add([{ lineId: line.lineId, mark: LineMark.HELD, holdReason }]);
    this.holding.set(undefined);
    this.reason.set('');
  }

  protected tickAll(): void {
    const mark = LineMark.TICKED;
    const marks = this.openLines().map(({ lineId }) => ({ lineId, mark, holdReason: '' }));
    void this.#queue.add(marks);
  }

  #isNewer(statement: Statement | undefined): boolean {
    return (statement?.version ?? 0n) > (this.loaded.value()?.statement?.version ?? 0n);
  }

  protected async askClose(): Promise<void> {
    const found = this.statement();
    if (found === undefined) return;
    const { agencyName: agency, month, tickedCount: ticked, heldCount: held } = found;
    const payable = formatMoney(found.payable);
    const figures = t('closeFigures', { agency, month, ticked, held, payable });
    const text = `${figures}${t('closeText')}`;
    if (!(await this.#confirm.ask({ heading: t('closeAsk'), text, action: t('close') }))) return;
    if ((await this.close.run()) !== undefined) this.loaded.reload();
  }
}
