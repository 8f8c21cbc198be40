import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  ExportRejectedRowsResponse,
  ListImportFindingsRequest,
  ListImportFindingsResponse,
} from '@recourse/proto/web/cases/v1/imports';
import type { Finding, FindingGroup, Import } from '@recourse/proto/web/cases/v1/imports';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { formatCount, formatMoney } from '../ui/format';
import type { MoneyValue } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { StatTile } from '../ui/stat-tile';
import { PreviewRows } from './preview-rows';
import { ruleText } from './rules';
import { t } from './words';

function moneyText(amounts: readonly MoneyValue[] = []): string {
  return amounts.map((amount) => formatMoney(amount)).join(' · ');
}

/** Third step: what would be written, what is refused and how to repair it, before anything is. */
@Component({
  selector: 'rc-check-step',
  imports: [Chip, DataTable, MatButton, PreviewRows, ProblemPanel, StatTile],
  templateUrl: './check-step.html',
  styles: `
    /* Six: by what there is beside the summary two, three or all in a row, and none alone. */
    .counts {
      container-type: inline-size;
    }
    .tiles {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 12px;
    }
    @container (min-width: 460px) {
      .tiles {
        grid-template-columns: repeat(3, minmax(0, 1fr));
      }
    }
    @container (min-width: 840px) {
      .tiles {
        grid-template-columns: repeat(6, minmax(0, 1fr));
      }
    }
    .group {
      display: flex;
      gap: 12px;
      align-items: baseline;
      flex-wrap: wrap;
      padding-block: 10px;
      border-block-start: 1px solid var(--rc-line);
    }
    .words {
      flex: 1 1 260px;
    }
    h2 {
      font-size: 15px;
      margin: 8px 0 0;
    }
  `,
})
export class CheckStep {
  readonly of = input.required<Import>();
  readonly busy = input(false);
  readonly back = output();
  readonly commit = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly ruleText = ruleText;
  protected readonly format = formatCount;
  /** The rule whose rows are shown. */
  protected readonly rule = signal('');

  protected readonly counts = computed(() => this.of().counts);
  protected readonly writes = computed(() => {
    const counts = this.counts();
    return counts === undefined ? 0n : counts.receivablesNew + counts.receivablesChanged;
  });
  protected readonly isNothing = computed(() => this.counts()?.accepted === 0n);
  protected readonly hasRejected = computed(() => (this.counts()?.rejected ?? 0n) > 0n);
  protected readonly totals = computed(() => moneyText(this.counts()?.totals));
  /** The figure to hold against the foot of the report. */
  protected readonly openTotals = computed(() => moneyText(this.counts()?.openTotals));
  protected readonly consequence = computed(() => {
    const counts = this.counts();
    if (counts === undefined) return '';
    return t('consequence', {
      added: counts.receivablesNew,
      changed: counts.receivablesChanged,
      same: counts.receivablesUnchanged,
      rejected: counts.rejected,
    });
  });

  protected readonly findings = load(() => {
    const rule = this.rule();
    if (rule === '') return undefined;
    const { importId } = this.of();
    const query = ListImportFindingsRequest.toJSON({
      importId,
      rule,
      page: { size: 100, cursor: '' },
    });
    return read(path`/v1/imports/${importId}/findings`, ListImportFindingsResponse.fromJSON, query);
  });

  protected readonly columns: Column<Finding>[] = [
    { id: 'row', title: () => t('rowNumber'), kind: 'count', value: (f) => f.row, fixed: true },
    { id: 'column', title: () => t('column'), value: (f) => f.column, card: 'title' },
    { id: 'found', title: () => t('found'), value: (f) => f.found },
    { id: 'expected', title: () => t('expected'), value: (f) => f.expected },
    { id: 'repair', title: () => t('repair'), value: (f) => ruleText(f.rule, f.repair) },
  ];
  protected readonly keyOf = (row: Finding): string => `${row.row} ${row.column} ${row.rule}`;

  protected example(group: FindingGroup): string {
    return t('example', { row: formatCount(group.firstRow), found: group.sampleFound });
  }

  protected toggle(group: FindingGroup): void {
    this.rule.update((now) => (now === group.rule ? '' : group.rule));
  }

  protected readonly download = action(async () => {
    const at = path`/v1/imports/${this.of().importId}/rejected`;
    const { file } = await this.#api.get(at, ExportRejectedRowsResponse.fromJSON);
    if (file !== undefined) await this.#api.download(path`/v1/files/${file.fileId}`, file.fileName);
  });
}
