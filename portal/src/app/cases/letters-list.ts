import { Component, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { LetterState } from '@recourse/proto/web/cases/v1/letters';
import type { Letter } from '@recourse/proto/web/cases/v1/letters';
import type { FileRef } from '@recourse/proto/web/type/v1/type';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { Chip } from '../ui/chip';
import { EmptyPanel } from '../ui/empty-panel';
import { DayPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { RefusalWhy } from './refusal-why';
import { letterWords as t } from './letter-words';
import { steps } from './steps';
import { t as caseWords } from './words';

const open: readonly LetterState[] = [LetterState.SENT, LetterState.DELIVERED];

/** Letters with what became of each and the papers that prove it. */
@Component({
  selector: 'rc-letters-list',
  imports: [Chip, DayPipe, EmptyPanel, MatButton, ProblemPanel, RefusalWhy],
  templateUrl: './letters-list.html',
  styles: `
    article {
      padding: 12px 16px;
      border-block-end: 1px solid var(--rc-line);
    }
    header,
    li {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
    }
    header .end {
      margin-inline-start: auto;
    }
    p {
      margin: 4px 0 0;
      overflow-wrap: anywhere;
    }
    ul {
      margin: 4px 0 0;
      padding: 0;
      list-style: none;
    }
  `,
})
export class LettersList {
  readonly letters = input.required<readonly Letter[] | undefined>();
  readonly maySettle = input(false);
  /** Papers lie with the creditor; an agency sees that there are some. */
  readonly mayDownload = input(false);
  readonly settle = output<Letter>();
  readonly #api = inject(Api);
  protected readonly t = t;

  protected name(value: string): string {
    return t.find(value) ?? caseWords.find(value) ?? value;
  }

  protected tone(state: LetterState): 'good' | 'info' | 'warn' | 'bad' {
    if (state === LetterState.DELIVERED || state === LetterState.SIGNED) return 'good';
    if (state === LetterState.SENT) return 'info';
    return state === LetterState.REFUSED ? 'warn' : 'bad';
  }

  protected refusal(letter: Letter): string {
    const { verdict } = letter;
    if (verdict === undefined || verdict.permitted) return '';
    return steps.find(`rule.${verdict.rule}`) ?? verdict.rule;
  }

  protected isOpen(letter: Letter): boolean {
    return open.includes(letter.state);
  }

  protected readonly download = action((_requestId, file: FileRef) =>
    this.#api.download(path`/v1/files/${file.fileId}`, file.fileName),
  );
}
