import { NgTemplateOutlet } from '@angular/common';
import {
  booleanAttribute,
  Component,
  computed,
  contentChildren,
  ElementRef,
  inject,
  input,
  linkedSignal,
  model,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';
import { Router, RouterLink } from '@angular/router';
import type { EveryPage, PageEnd } from '../session/every-page';
import type { ListExport } from '../session/list-export';
import type { ListState } from '../session/list-state';
import type { Problem } from '../session/problem';
import {
  arrange,
  cellText,
  hasValue,
  isNumeric,
  oneCurrency,
  storeChoice,
  storedChoice,
} from './column';
import type { Column, ColumnChoice } from './column';
import { ColumnChooser } from './column-chooser';
import { fitWidth, followPointer, narrowest, widthOf } from './column-widths';
import type { ColumnWidths } from './column-widths';
import { DataTableCell } from './data-table-cell';
import { EmptyPanel } from './empty-panel';
import { ExportMenu } from './export-menu';
import { formatCount } from './format';
import { Icon } from './icon';
import { ListExportLine } from './list-export-line';
import { density } from './density';
import { ProblemPanel } from './problem-panel';
import { SavedViews } from './saved-views';
import { isSelected, nothingSelected, turnKey, turnPage } from './selection';
import type { Selection } from './selection';
import { isTyping, shortcutsOn } from './shortcuts';
import { exported } from './table-csv';
import { TableExport } from './table-export';
import { TableKeys } from './table-keys';
import { isPhone } from './viewport';
import { t } from './words';

/** The part of a list's state that a table shows and changes. */
export type TableState = Pick<
  ListState,
  'sort' | 'sortBy' | 'active' | 'clear' | 'pageNumber' | 'next' | 'previous'
>;

export type TablePage = PageEnd;

/**
 * The one table: sort and pages by the server, columns chosen by the person, selection, keyboard,
 * every state, cards on a phone. It asks nobody for data; the page gives rows.
 *
 * Slots: `filters` (start of the toolbar), `actions` (its end), `bulk` (beside the count while rows
 * are selected), `empty` (what to do when there is nothing yet).
 */
@Component({
  selector: 'rc-data-table',
  imports: [
    ColumnChooser,
    EmptyPanel,
    ExportMenu,
    Icon,
    ListExportLine,
    MatButton,
    MatIconButton,
    MatTooltip,
    NgTemplateOutlet,
    ProblemPanel,
    RouterLink,
    SavedViews,
    TableExport,
    TableKeys,
  ],
  templateUrl: './data-table.html',
  styleUrls: ['./data-table.scss', './data-table-cards.scss'],
  host: { '(document:keydown)': 'onKey($event)', '[class.roomy]': "density() === 'roomy'" },
})
export class DataTable<Row> {
  /** Stable name; column choices are kept under it. */
  readonly name = input.required<string>();
  /** What the rows are, for screen readers: `案件`. */
  readonly label = input.required<string>();
  readonly columns = input.required<readonly Column<Row>[]>();
  /** Undefined until the first answer. */
  readonly rows = input.required<readonly Row[] | undefined>();
  readonly rowKey = input.required<(row: Row) => string>();
  readonly state = input<TableState>();
  readonly page = input<TablePage>();
  readonly loading = input(false);
  readonly problem = input<Problem>();
  /** The page of a row; makes its first cell a link, and Enter follow it. */
  readonly rowLink = input<(row: Row) => readonly (string | number)[] | undefined>();
  readonly selectable = input(false, { transform: booleanAttribute });
  /** All pages of the list, by `everyPage`; with them the list can be exported. */
  readonly pages = input<EveryPage<Row>>();
  /** The list's export on the server, by `listExport`; it comes before `pages`. */
  readonly exports = input<ListExport>();
  readonly emptyTitle = input('');
  readonly emptyHint = input('');
  readonly selection = model<Selection>(nothingSelected);
  readonly retry = output();

  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef);
  readonly #router = inject(Router);
  protected readonly t = t;
  protected readonly isPhone = isPhone;
  protected readonly isNumeric = isNumeric;
  protected readonly skeletons = [60, 45, 70, 52, 64, 48, 58, 66];
  protected readonly cells = contentChildren<DataTableCell<Row>>(DataTableCell);
  protected readonly at = signal(-1);
  protected readonly keysOpen = signal(false);
  protected readonly density = density;
  protected readonly choice = linkedSignal<ColumnChoice | undefined>(() =>
    storedChoice(this.name()),
  );

  protected readonly widths = computed(() => this.choice()?.widths);
  protected readonly exporting = viewChild<TableExport<Row>>('exporting');

  protected readonly exportedColumns = computed(() => exported(this.shown()).map((one) => one.id));

  readonly #arranged = computed(() => arrange(this.columns(), this.choice()));
  protected readonly shown = computed(() =>
    this.#arranged()
      .filter((line) => line.isShown)
      .map((line) => line.column),
  );
  protected readonly lines = computed(() =>
    this.#arranged().map(({ column, isShown }) => ({
      id: column.id,
      title: column.title(),
      isShown,
      isFixed: column.fixed === true,
    })),
  );
  protected readonly keys = computed(() => (this.rows() ?? []).map(this.rowKey()));
  protected readonly currencies = computed(
    () =>
      new Map(this.shown().map((column) => [column.id, oneCurrency(column, this.rows() ?? [])])),
  );
  protected readonly isEmpty = computed(
    () => this.rows()?.length === 0 && (this.state()?.pageNumber() ?? 1) === 1,
  );
  /** A short table has its tools at the foot instead. */
  protected readonly hasBar = computed(() => this.state() !== undefined || this.selectable());
  protected readonly isFiltered = computed(() => (this.state()?.active() ?? 0) > 0);
  protected readonly selectedCount = computed(() => {
    const selection = this.selection();
    return selection.kind === 'matching' ? Number(this.page()?.count ?? 0n) : selection.keys.size;
  });
  protected readonly isPageSelected = computed(
    () => this.keys().length > 0 && this.keys().every((key) => isSelected(this.selection(), key)),
  );
  protected readonly countText = computed(() => {
    const page = this.page();
    if (page === undefined) return t('rowsOf', { count: this.keys().length });
    const count = formatCount(page.count);
    return page.countEstimated ? t('rowsAbout', { count }) : t('rowsOf', { count: page.count });
  });

  protected templateOf(id: string): DataTableCell<Row>['template'] | undefined {
    return this.cells().find((cell) => cell.rcCell() === id)?.template;
  }

  protected text(column: Column<Row>, row: Row): string {
    const headNamesCurrency = !isPhone() && this.currencies().get(column.id) !== undefined;
    return cellText(column, row, headNamesCurrency);
  }

  protected headOf(column: Column<Row>): string {
    const currency = this.currencies().get(column.id);
    return currency === undefined ? column.title() : `${column.title()} (${currency})`;
  }

  /** What a row is called beside its check box: the text of its first column. */
  protected rowName(row: Row): string {
    const named = this.shown().find((column) => column.kind !== 'own');
    return named === undefined ? this.rowKey()(row) : this.text(named, row);
  }

  protected cardPart(part: 'title' | 'figure' | 'chip' | 'line'): Column<Row>[] {
    return this.shown().filter((column) => (column.card ?? 'line') === part);
  }

  /** Lines of a card; a name without a value would only ask what is missing. */
  protected cardLines(row: Row): Column<Row>[] {
    return this.cardPart('line').filter((column) => hasValue(column, row));
  }

  /** A drawing without words is a button, which says itself what it does. */
  protected hasName(column: Column<Row>): boolean {
    return column.kind !== 'own' || column.text !== undefined;
  }

  protected sortOf(column: Column<Row>): 'ascending' | 'descending' | 'none' | null {
    if (column.sort === undefined) return null;
    const sort = this.state()?.sort();
    if (sort === column.sort) return 'ascending';
    return sort === `-${column.sort}` ? 'descending' : 'none';
  }

  protected selected(key: string): boolean {
    return isSelected(this.selection(), key);
  }

  protected turn(key: string): void {
    this.selection.update((selection) => turnKey(selection, key, this.keys()));
  }

  protected turnPage(): void {
    this.selection.update((selection) => turnPage(selection, this.keys()));
  }

  protected selectMatching(): void {
    this.selection.set({ kind: 'matching' });
  }

  protected clearSelection(): void {
    this.selection.set(nothingSelected);
  }

  protected turnColumn(id: string): void {
    const lines = this.lines();
    this.#choose({
      shown: lines.filter((line) => line.isShown !== (line.id === id)).map((line) => line.id),
    });
  }

  protected moveColumn(id: string, by: 1 | -1): void {
    const order = this.lines().map((line) => line.id);
    const from = order.indexOf(id);
    order.splice(from, 1);
    order.splice(from + by, 0, id);
    this.#choose({ order });
  }

  protected widenColumn(id: string, by: number): void {
    const widths = this.#widthsNow();
    this.#choose({ widths: { ...widths, [id]: fitWidth(widthOf(widths, id) + by) } });
  }

  /** The width follows the pointer; it is kept when the pointer is lifted. */
  protected dragColumn(event: PointerEvent, id: string): void {
    event.preventDefault();
    const before = this.#widthsNow();
    followPointer(event, (pixels, isOver) => {
      const widths = { ...before, [id]: fitWidth(widthOf(before, id) + pixels) };
      const choice = { ...this.#choiceNow(), widths };
      if (isOver) this.keep(choice);
      else this.choice.set(choice);
    });
  }

  protected resetWidths(): void {
    const { widths: _, ...rest } = this.#choiceNow();
    this.keep(rest);
  }

  protected widthOf(column: Column<Row>): string | undefined {
    const widths = this.widths();
    return widths === undefined ? column.width : `${widthOf(widths, column.id)}px`;
  }

  #choiceNow(): ColumnChoice {
    const lines = this.lines();
    const widths = this.widths();
    return {
      order: lines.map((line) => line.id),
      shown: lines.filter((line) => line.isShown).map((line) => line.id),
      ...(widths === undefined ? {} : { widths }),
    };
  }

  #choose(part: Partial<ColumnChoice>): void {
    this.keep({ ...this.#choiceNow(), ...part });
  }

  /** All widths as they stand on the screen, so that changing one leaves the others. */
  #widthsNow(): ColumnWidths {
    const heads = this.#element.nativeElement.querySelectorAll<HTMLElement>('th[data-column]');
    return Object.fromEntries(
      [...heads].map((head) => [
        head.dataset['column'] ?? '',
        fitWidth(Math.ceil(head.getBoundingClientRect().width) || narrowest),
      ]),
    );
  }

  protected resetColumns(): void {
    this.keep(undefined);
  }

  protected keep(choice: ColumnChoice | undefined): void {
    storeChoice(this.name(), choice);
    this.choice.set(choice);
  }

  /** A click anywhere on a row opens it, unless it was meant for something in it. */
  protected onRowClick(event: MouseEvent, row: Row): void {
    const target = event.target;
    if (!(target instanceof Element)) return;
    if (target.closest('a, button, input, label, select') !== null) return;
    if (getSelection()?.type === 'Range') return;
    this.openRow(row);
  }

  protected openRow(row: Row): void {
    const link = this.rowLink()?.(row);
    if (link !== undefined) void this.#router.navigate([...link]);
  }

  /** j k x Enter on rows, / for the search of the filters, ? for the list of keys. */
  protected onKey(event: KeyboardEvent): void {
    if (!shortcutsOn() || event.defaultPrevented || isTyping(event)) return;
    const handled = this.#onSingleKey(event);
    if (handled) event.preventDefault();
  }

  #onSingleKey(event: KeyboardEvent): boolean {
    switch (event.key) {
      case 'j':
        return this.#goTo(this.at() + 1);
      case 'k':
        return this.#goTo(this.at() - 1);
      case 'x':
        return this.#turnActive();
      case 'Enter':
        return this.#openActive(event);
      case '/':
        return this.#focusSearch();
      case '?':
        this.keysOpen.set(true);
        return true;
      default:
        return false;
    }
  }

  #rowElement(index: number): HTMLElement | null {
    return this.#element.nativeElement.querySelector(`[data-row="${index}"]`);
  }

  #goTo(index: number): boolean {
    const last = this.keys().length - 1;
    if (last < 0) return false;
    const to = Math.max(0, Math.min(last, index));
    this.at.set(to);
    this.#rowElement(to)?.focus();
    return true;
  }

  #turnActive(): boolean {
    const key = this.keys()[this.at()];
    if (key === undefined || !this.selectable()) return false;
    this.turn(key);
    return true;
  }

  #openActive(event: KeyboardEvent): boolean {
    if (event.target !== this.#rowElement(this.at())) return false;
    const row = this.rows()?.[this.at()];
    if (row === undefined) return false;
    this.openRow(row);
    return true;
  }

  #focusSearch(): boolean {
    const search = this.#element.nativeElement.querySelector<HTMLElement>('input[type=search]');
    search?.focus();
    return search !== null;
  }
}
