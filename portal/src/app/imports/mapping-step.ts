import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { ImportField } from '@recourse/proto/web/cases/v1/imports';
import type {
  ColumnFormat,
  Import,
  ImportColumn,
  ImportMapping,
} from '@recourse/proto/web/cases/v1/imports';
import { asOpened } from '../session/as-opened';
import { ChoiceField } from '../ui/choice-field';
import { Notice } from '../ui/notice';
import { TextField } from '../ui/text-field';
import { firstChoice, gapsOf, type MappingChoice, mappingOf } from './mapping';
import { factText, gapText, isWarning } from './mapping-text';
import { t } from './words';

const fields = Object.values(ImportField).filter((field) => field !== ImportField.UNSPECIFIED);
const currencies = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP', 'KRW', 'SGD', 'AUD', 'CAD'];

/** Second step: what each column means and how its dates are read, suggested and then confirmed. */
@Component({
  selector: 'rc-mapping-step',
  imports: [ChoiceField, MatButton, Notice, TextField],
  templateUrl: './mapping-step.html',
  styles: `
    .scroll {
      overflow-x: auto;
    }
    table {
      inline-size: 100%;
      border-collapse: collapse;
    }
    th,
    td {
      padding: 8px;
      text-align: start;
      vertical-align: top;
    }
    thead th {
      color: var(--rc-text-2);
      font-size: 12px;
      font-weight: 400;
    }
    tbody tr {
      border-block-start: 1px solid var(--rc-line);
    }
    .samples {
      color: var(--rc-text-2);
      font-size: 12px;
      max-inline-size: 28ch;
      overflow-wrap: anywhere;
    }
    .plain {
      display: inline-block;
      padding-block: 6px;
      color: var(--rc-text-2);
    }
    .head {
      font-weight: 600;
      overflow-wrap: anywhere;
      min-inline-size: 12ch;
    }
    /* A phone has no room for four columns: each column of the file is a block of its own. */
    @media (max-width: 719px) {
      thead {
        display: none;
      }
      table,
      tbody,
      tbody tr,
      tbody th,
      tbody td {
        display: block;
      }
      tbody tr {
        padding-block: 8px;
      }
      tbody th,
      tbody td {
        padding-block: 4px;
      }
      td:empty {
        display: none;
      }
      .samples {
        max-inline-size: none;
      }
    }
    .pair {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
      gap: 16px;
    }
    .facts {
      padding-inline-start: 20px;
      list-style: disc;
    }
  `,
})
export class MappingStep {
  readonly of = input.required<Import>();
  readonly busy = input(false);
  readonly confirmed = output<ImportMapping>();
  protected readonly t = t;
  protected readonly factText = factText;
  protected readonly gapText = gapText;

  readonly #analysis = computed(() => this.of().analysis ?? emptyAnalysis);
  /**
   * A live change of the same import must not take a person's choices away; there is nothing to
   * choose before the file has been looked at.
   */
  protected readonly choice = asOpened<MappingChoice>(
    () => (this.of().analysis === undefined ? undefined : this.of().importId),
    () => firstChoice(this.#analysis(), this.of().mapping),
  );
  protected readonly columns = computed(() => this.#analysis().columns);
  protected readonly facts = computed(() =>
    this.#analysis().layout.filter((fact) => !isWarning(fact)),
  );
  protected readonly warnings = computed(() => this.#analysis().layout.filter(isWarning));
  protected readonly gaps = computed(() => gapsOf(this.#analysis(), this.choice()));
  protected readonly fieldOptions = computed(() =>
    fields.map((value) => ({ value, name: t.find(value) ?? value })),
  );
  protected readonly currencyOptions = computed(() =>
    currencies.map((value) => ({ value, name: value })),
  );

  protected formatOf(column: ImportColumn): ColumnFormat | undefined {
    const found = this.#analysis().formats.find(({ position }) => position === column.position);
    const isUsed = this.choice().fields[column.position] !== ImportField.IGNORE;
    return isUsed && found !== undefined && found.candidates.length > 0 ? found : undefined;
  }

  protected formatOptions(format: ColumnFormat): { value: string; name: string }[] {
    return format.candidates.map(({ format: value, sample, reading }) => ({
      value,
      name: readingText(value, sample, reading),
    }));
  }

  /** The reading of a column that can be read in one way only: there is nothing to choose. */
  protected onlyOne(column: ImportColumn, { candidates }: ColumnFormat): string {
    const [only, another] = candidates;
    const isChosen = this.choice().formats[column.position] === only?.format;
    return only === undefined || another !== undefined || !isChosen
      ? ''
      : readingText(only.format, only.sample, only.reading);
  }

  protected setField(position: number, field: string | undefined): void {
    const chosen = fields.find((one) => one === field) ?? ImportField.IGNORE;
    this.choice.update((now) => ({ ...now, fields: { ...now.fields, [position]: chosen } }));
  }

  protected setFormat(position: number, format: string | undefined): void {
    this.choice.update((now) => ({
      ...now,
      formats: { ...now.formats, [position]: format ?? '' },
    }));
  }

  protected set(patch: Partial<MappingChoice>): void {
    this.choice.update((now) => ({ ...now, ...patch }));
  }

  protected confirm(): void {
    this.confirmed.emit(mappingOf(this.choice()));
  }
}

/** A way to read a column, with an example where it reads otherwise than it stands. */
function readingText(format: string, sample: string, reading: string): string {
  const name = t.find(`format.${format}`) ?? format;
  return sample === reading ? name : `${name} · ${t('reading', { sample, reading })}`;
}

const emptyAnalysis = {
  encoding: '',
  byteOrderMark: false,
  delimiter: '',
  sheet: '',
  headerRow: 0,
  rowCount: 0n,
  columns: [],
  formats: [],
  suggestedCurrency: '',
  profileName: '',
  layout: [],
};
