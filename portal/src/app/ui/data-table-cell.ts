import { Directive, inject, input, TemplateRef } from '@angular/core';

/**
 * Draws a column of a table: `<ng-template rcCell="tier" [rcCellRows]="rows()" let-row>`. The rows
 * only tell the compiler what `row` is.
 */
@Directive({ selector: 'ng-template[rcCell]' })
export class DataTableCell<Row> {
  readonly rcCell = input.required<string>();
  readonly rcCellRows = input<readonly Row[] | undefined>();
  readonly template = inject<TemplateRef<{ $implicit: Row }>>(TemplateRef);

  static ngTemplateContextGuard<Row>(
    _directive: DataTableCell<Row>,
    context: unknown,
  ): context is { $implicit: Row } {
    return context !== undefined;
  }
}
