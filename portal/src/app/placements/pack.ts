import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { GetPackResponse, PackItem } from '@recourse/proto/web/agencies/v1/packs';
import type { PackPaper } from '@recourse/proto/web/agencies/v1/packs';
import type { FileRef } from '@recourse/proto/web/type/v1/type';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import { FormDialog } from '../ui/form-dialog';
import { formatBps } from '../ui/format';
import { InstantPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { allItems, itemNames, packForm, paperForm, removeForm } from './pack-forms';
import { packWords as t } from './pack-words';

/** Who writes packs, as the contract says. */
const writing = ['collector', 'supervisor', 'director', 'general_manager', 'legal_officer'];

/** The whole debt in basis points: nothing is waived without asking. */
const wholeBps = 10_000;

/** The handover pack of a case: what it has, what it lacks, and its papers. */
@Component({
  selector: 'rc-pack',
  imports: [Chip, FormDialog, InstantPipe, MatButton, ProblemPanel],
  templateUrl: './pack.html',
  styles: `
    :host {
      display: block;
    }
    header {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
      margin-block-end: 4px;
    }
    header h2 {
      margin: 0;
      font-size: 15px;
    }
    header .end {
      margin-inline-start: auto;
    }
    dl {
      margin: 8px 0 0;
      align-items: baseline;
      grid-template-columns: minmax(8em, 20%) minmax(0, 1fr);
    }
    dd p,
    ul {
      margin: 0;
    }
    ul {
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      gap: 0 12px;
      align-items: center;
    }
    .text {
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
  `,
})
export class PackPanel {
  readonly caseId = input.required<string>();
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly items = allItems;
  protected readonly item = PackItem;
  protected readonly itemNames = itemNames;
  protected readonly isCreditor = computed(() => this.#caller().orgKind === 'creditor');
  protected readonly mayWrite = computed(() => mayCall(this.#caller(), writing));
  protected readonly dialogs = dialogUrl(['pack', 'pack-paper', 'pack-remove']);
  protected readonly loaded = load(
    () => read(path`/v1/cases/${this.caseId()}/pack`, GetPackResponse.fromJSON),
    { live: ['pack', 'placement'] },
  );
  protected readonly pack = computed(() => this.loaded.value()?.pack);

  protected readonly form = computed(() => {
    const pack = this.pack();
    if (pack === undefined || !this.mayWrite()) return undefined;
    const paper = pack.papers.find(({ paperId }) => paperId === this.dialogs.on());
    switch (this.dialogs.open()) {
      case 'pack':
        return packForm(this.#api, pack);
      case 'pack-paper':
        return paperForm(this.#api, pack.caseId);
      case 'pack-remove':
        return paper && removeForm(this.#api, pack.caseId, paper);
      default:
        return undefined;
    }
  });

  protected papersOf(item: PackItem): readonly PackPaper[] {
    return this.pack()?.papers.filter((paper) => paper.item === item) ?? [];
  }

  protected readonly nameOf = ({ title, file }: PackPaper): string =>
    title === '' ? (file?.fileName ?? '') : title;

  protected readonly floor = computed(() => {
    const bps = this.pack()?.floorBps ?? wholeBps;
    return bps >= wholeBps ? t('wholeDebt') : t('floorText', { share: formatBps(bps) });
  });

  protected readonly download = action((_requestId, file: FileRef) =>
    this.#api.download(path`/v1/files/${file.fileId}`, file.fileName),
  );

  protected done(): void {
    this.dialogs.close();
    this.loaded.reload();
  }
}
