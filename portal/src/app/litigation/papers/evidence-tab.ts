import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Matter } from '@recourse/proto/web/litigation/v1/matters';
import { GetEvidenceResponse } from '@recourse/proto/web/litigation/v1/papers';
import type { ChecklistLine, EvidenceItem } from '@recourse/proto/web/litigation/v1/papers';
import { action } from '../../session/action';
import { Api, path, read } from '../../session/api';
import { dialogUrl } from '../../session/dialog-url';
import { load } from '../../session/load';
import { Chip } from '../../ui/chip';
import { FormDialog } from '../../ui/form-dialog';
import type { Form } from '../../ui/form-values';
import { formatDay } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { ProblemPanel } from '../../ui/problem-panel';
import { inLanguage } from '../rule-text';
import { evidenceForm, removeForm } from './evidence-forms';
import { t } from './words';

/** The evidence that this kind of debt needs: what there is, and what is missing. */
@Component({
  selector: 'rc-evidence-tab',
  imports: [Chip, FormDialog, Icon, MatButton, ProblemPanel],
  templateUrl: './evidence-tab.html',
  styleUrls: ['../matters/tab.scss', './evidence-tab.scss'],
})
export class EvidenceTab {
  readonly matter = input.required<Matter>();
  readonly mayWork = input(false);
  readonly changed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly dialogs = dialogUrl(['evidence', 'removeEvidence']);
  protected readonly loaded = load(
    () => read(path`/v1/matters/${this.matter().matterId}/evidence`, GetEvidenceResponse.fromJSON),
    { live: ['matter'] },
  );
  protected readonly lines = computed(() => this.loaded.value()?.lines ?? []);
  protected readonly lead = computed(() => {
    const gaps = this.loaded.value()?.gaps;
    if (gaps === undefined) return '';
    return gaps === 0 ? t('noGaps') : t('gapsLead', { count: gaps });
  });
  protected readonly source = computed(() => {
    const found = this.loaded.value();
    if (found === undefined || found.source === '') return '';
    return t('checklistOf', { source: found.source, day: formatDay(found.effectiveFrom) });
  });

  protected readonly form = computed((): Form | undefined => {
    if (!this.mayWork()) return undefined;
    const { matterId } = this.matter();
    const on = this.dialogs.on();
    switch (this.dialogs.open()) {
      case 'evidence':
        return evidenceForm(this.#api, matterId, this.lines(), on);
      case 'removeEvidence': {
        const items = this.lines().flatMap((line) => line.items);
        const item = items.find((one) => one.evidenceId === on);
        return item && removeForm(this.#api, matterId, item);
      }
      default:
        return undefined;
    }
  });

  protected readonly download = action((_requestId, item: EvidenceItem) => {
    const { fileId, fileName } = item.file ?? { fileId: '', fileName: '' };
    return this.#api.download(path`/v1/files/${fileId}`, fileName);
  });

  protected label(line: ChecklistLine): string {
    return inLanguage(line.labelZh, line.labelEn);
  }

  protected proves(line: ChecklistLine): string {
    return t('proves', { what: inLanguage(line.provesZh, line.provesEn) });
  }

  protected saved(): void {
    this.dialogs.close();
    this.loaded.reload();
    this.changed.emit();
  }
}
