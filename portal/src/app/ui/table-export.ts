import { Component, computed, DestroyRef, inject, input, signal } from '@angular/core';
import type { EveryPage } from '../session/every-page';
import type { ExportProgress } from '../session/list-export';
import { problemFrom } from '../session/problem';
import type { Problem } from '../session/problem';
import { saveFile } from '../session/save-file';
import type { Column } from './column';
import { csvStart } from './csv';
import { ExportLine } from './export-line';
import { today } from './format';
import { csvHead, csvRow, exported } from './table-csv';
import { t } from './words';

/** An export under way: what is written, and where the next page begins. */
type Run<Row> = {
  read: ReturnType<EveryPage<Row>>;
  columns: readonly Column<Row>[];
  written: string[];
  cursor: string;
  done: number;
  total: number;
  startedAt: number;
};

/**
 * Writes all pages of a list to a CSV: how far it is, cancel, and after a failure go on where it
 * stopped. Takes no room until `start()`.
 */
@Component({
  selector: 'rc-table-export',
  imports: [ExportLine],
  template: `
    <rc-export-line
      [progress]="progress()"
      [problem]="problem()"
      [said]="said()"
      (again)="again()"
      (cancelled)="cancel()"
    />
  `,
})
export class TableExport<Row> {
  /** Name of the file, to which the day is added. */
  readonly name = input.required<string>();
  readonly columns = input.required<readonly Column<Row>[]>();
  readonly pages = input.required<EveryPage<Row>>();
  protected readonly progress = signal<ExportProgress | undefined>(undefined);
  protected readonly problem = signal<Problem | undefined>(undefined);
  protected readonly said = signal('');
  readonly isOpen = computed(() => this.progress() !== undefined || this.problem() !== undefined);
  #run: Run<Row> | undefined;
  #stop = new AbortController();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#stop.abort());
  }

  /** Begins with the filter, the sort and the columns as they are now; once at a time. */
  start(): Promise<void> {
    if (this.isOpen()) return Promise.resolve();
    const columns = exported(this.columns());
    this.#run = {
      read: this.pages()(),
      columns,
      written: [csvStart + csvHead(columns, t('currency'))],
      cursor: '',
      done: 0,
      total: 0,
      startedAt: performance.now(),
    };
    return this.again();
  }

  cancel(): void {
    this.#stop.abort();
    this.#run = undefined;
    this.progress.set(undefined);
    this.problem.set(undefined);
    this.said.set(t('exportCancelled'));
  }

  protected async again(): Promise<void> {
    const run = this.#run;
    if (run === undefined) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.problem.set(undefined);
    try {
      while (await this.#readPage(run, stop.signal));
      if (!stop.signal.aborted) this.#save(run);
    } catch (thrown) {
      if (!stop.signal.aborted) this.problem.set(problemFrom(thrown));
    }
  }

  /** Writes one page; false after the last one, or when it was cancelled meanwhile. */
  async #readPage(run: Run<Row>, signal: AbortSignal): Promise<boolean> {
    this.#tell(run);
    const { rows, page } = await run.read(run.cursor, signal);
    if (signal.aborted) return false;
    run.written.push(rows.map((row) => csvRow(run.columns, row)).join(''));
    run.done += rows.length;
    run.total = Math.max(Number(page?.count ?? 0n), run.done);
    run.cursor = page?.nextCursor ?? '';
    return run.cursor !== '';
  }

  #tell(run: Run<Row>): void {
    const seconds = (performance.now() - run.startedAt) / 1000;
    const perSecond = seconds < 1 ? 0 : Math.round(run.done / seconds);
    this.progress.set({ stage: 'exporting', done: run.done, total: run.total, perSecond });
  }

  #save(run: Run<Row>): void {
    saveFile(`${this.name()}-${today()}.csv`, new Blob(run.written, { type: 'text/csv' }));
    this.#run = undefined;
    this.progress.set(undefined);
    this.said.set(t('exported', { count: run.done }));
  }
}
