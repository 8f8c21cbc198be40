import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import {
  Attitude,
  Channel,
  ContactResult,
  Excuse,
  Party,
  RecordContactRequest,
  RecordContactResponse,
} from '@recourse/proto/web/cases/v1/work';
import type { Verdict } from '@recourse/proto/web/cases/v1/work';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { draft, isOneOf, isText } from '../session/draft';
import { newId } from '../session/new-id';
import { ChoiceField } from '../ui/choice-field';
import { Dialog } from '../ui/dialog';
import { DraftNote } from '../ui/draft-note';
import { formatInstant } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { ChipChoice } from './chip-choice';
import { companions } from './companions';
import { contactWords, resultName } from './contact-words';
import { RefusalWhy } from './refusal-why';
import { t } from './words';

const channels = [
  Channel.CALL,
  Channel.VISIT,
  Channel.WECHAT,
  Channel.SMS,
  Channel.EMAIL,
  Channel.LETTER,
];
const parties = [Party.DEBTOR, Party.GUARANTOR, Party.THIRD_PARTY];
const written: readonly Channel[] = [Channel.SMS, Channel.EMAIL, Channel.LETTER];
const results = [
  ContactResult.REACHED,
  ContactResult.NO_ANSWER,
  ContactResult.THIRD_PARTY,
  ContactResult.WRONG_NUMBER,
];
const attitudes = [
  Attitude.WILLING,
  Attitude.EVASIVE,
  Attitude.DISPUTING,
  Attitude.UNABLE,
  Attitude.REFUSING,
];
const excuses = Object.values(Excuse).filter((one) => one !== Excuse.UNSPECIFIED);

/** Three taps: how, with what result, in what mood. The governor's answer is shown as it came. */
@Component({
  selector: 'rc-contact-dialog',
  imports: [
    ChipChoice,
    ChoiceField,
    Dialog,
    DraftNote,
    MatButton,
    ProblemPanel,
    RefusalWhy,
    TextField,
  ],
  template: `
    <rc-dialog [heading]="t('log')" size="small" (closed)="closed.emit()">
      <div class="rc-stack">
        @if (isDraft()) {
          <rc-draft-note (dropped)="forget()" />
        }
        @if (stopped(); as limit) {
          <div class="refusal" role="alert">
            <strong>{{ words('stopped') }}</strong>
            @if (limit.refusalWhy; as why) {
              <rc-refusal-why [why]="why" />
            }
            <span>{{ stoppedText() }}</span>
            <span class="rc-muted">{{ words('stoppedLog') }}</span>
          </div>
        }
        <rc-chip-choice [label]="t('channel')" [options]="channelOptions()" [(value)]="channel" />
        @if (!isWritten()) {
          <rc-chip-choice [label]="t('result')" [options]="resultOptions()" [(value)]="result" />
        }
        @if (isReached()) {
          <rc-chip-choice
            [label]="t('attitude')"
            [options]="attitudeOptions()"
            [(value)]="attitude"
          />
          @if (attitude() !== undefined && attitude() !== willing) {
            <rc-choice-field
              optional
              [label]="t('excuse')"
              [options]="excuseOptions()"
              [(value)]="excuse"
            />
          }
        }
        @if (channel() === visit) {
          @if (company.options().length > 0) {
            <rc-chip-choice
              [label]="words('colleagues')"
              [options]="company.options()"
              [value]="companion()"
              (valueChange)="companion.set($event ?? '')"
            />
          }
          <rc-text-field
            [label]="t('companion')"
            [hint]="t('companionHint')"
            [(value)]="companion"
          />
        }
        <rc-chip-choice [label]="t('party')" [options]="partyOptions()" [(value)]="party" />
        <rc-text-field
          optional
          [rows]="2"
          [label]="t('note')"
          [hint]="t('noteHint')"
          [(value)]="note"
        />
        @if (refusal(); as verdict) {
          <div class="refusal" role="alert">
            <strong>{{ t('refused') }}</strong>
            @if (verdict.why; as why) {
              <rc-refusal-why [why]="why" />
            }
            @if (verdict.phrase !== '') {
              <span>{{ t('phrase', { phrase: verdict.phrase }) }}</span>
            }
            @if (verdict.nextPermittedAt !== undefined) {
              <span>{{ nextText(verdict) }}</span>
            }
            <span class="rc-muted">{{ t('refusedLogged') }}</span>
          </div>
        }
        @if (save.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      @if (isOver()) {
        <button actions matButton="filled" type="button" (click)="end()">
          {{ words('understood') }}
        </button>
      } @else {
        <button
          actions
          [matButton]="stopped() ? 'outlined' : 'filled'"
          type="button"
          [disabled]="!isWhole() || save.busy()"
          (click)="send()"
        >
          {{ stopped() ? words('saveAnyway') : t('save') }}
        </button>
      }
    </rc-dialog>
  `,
  styles: `
    .refusal {
      display: grid;
      gap: 4px;
      padding: 12px;
      border-radius: 6px;
      background: var(--rc-red-soft);
      color: var(--rc-red);
    }
  `,
})
export class ContactDialog {
  readonly of = input.required<Case>();
  readonly saved = output();
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly words = contactWords;
  protected readonly visit = Channel.VISIT;
  protected readonly willing = Attitude.WILLING;
  protected readonly party = draft<Party | undefined>(
    () => this.#draftOf('party'),
    Party.DEBTOR,
    isOneOf(parties),
  );
  protected readonly channel = draft<Channel | undefined>(
    () => this.#draftOf('channel'),
    Channel.CALL,
    isOneOf(channels),
  );
  protected readonly result = draft<ContactResult | undefined>(
    () => this.#draftOf('result'),
    undefined,
    isOneOf(results),
  );
  protected readonly attitude = draft<Attitude | undefined>(
    () => this.#draftOf('attitude'),
    undefined,
    isOneOf(attitudes),
  );
  protected readonly excuse = draft<Excuse | undefined>(
    () => this.#draftOf('excuse'),
    undefined,
    isOneOf(excuses),
  );
  protected readonly note = draft(() => this.#draftOf('note'), '', isText);
  protected readonly company = companions(() => this.channel() === Channel.VISIT);
  protected readonly companion = draft(
    () => this.#draftOf('companion'),
    this.company.last(),
    isText,
  );
  readonly #drafts = [
    this.party,
    this.channel,
    this.result,
    this.attitude,
    this.excuse,
    this.note,
    this.companion,
  ];
  protected readonly isDraft = computed(() => this.#drafts.some((one) => one.isFound()));
  protected readonly refusal = signal<Verdict | undefined>(undefined);
  #contactId = newId();

  /** What forbids a contact now, told before one is made; until the attempt itself is answered. */
  protected readonly stopped = computed(() => {
    const { allowance } = this.of();
    const isFree = allowance === undefined || allowance.permittedNow;
    return isFree || this.refusal() !== undefined ? undefined : allowance;
  });
  protected readonly stoppedText = computed(() => {
    const { usedToday: used = 0, limitToday: limit = 0, nextPermittedAt } = this.stopped() ?? {};
    const until =
      nextPermittedAt === undefined
        ? ''
        : contactWords('stoppedUntil', { at: formatInstant(nextPermittedAt) });
    // How many there were matters where it is they that are used up, not in quiet hours.
    return used < limit ? until : contactWords('stoppedToday', { used, limit }) + until;
  });
  /** Refused until a later time: nothing in the form would change that. */
  protected readonly isOver = computed(() => this.refusal()?.nextPermittedAt !== undefined);

  protected readonly isWritten = computed(() => written.includes(this.channel() ?? Channel.CALL));
  protected readonly isReached = computed(
    () => !this.isWritten() && this.result() === ContactResult.REACHED,
  );
  protected readonly isWhole = computed(
    () =>
      this.channel() !== undefined &&
      (this.isWritten() || this.result() !== undefined) &&
      (this.channel() !== Channel.VISIT || this.companion().trim() !== ''),
  );
  protected readonly partyOptions = () => this.#options(parties);
  protected readonly channelOptions = () => this.#options(channels);
  protected readonly resultOptions = () =>
    results.map((value) => ({ value, name: resultName(this.channel() ?? '', value) }));
  protected readonly attitudeOptions = () => this.#options(attitudes);
  protected readonly excuseOptions = () => this.#options(excuses);

  #draftOf(field: string): string {
    return `contact.${this.of().caseId}.${field}`;
  }

  protected forget(): void {
    for (const one of this.#drafts) one.forget();
  }

  #options<Name extends string>(values: readonly Name[]): { value: Name; name: string }[] {
    return values.map((value) => ({ value, name: t.find(value) ?? value }));
  }

  protected nextText(verdict: Verdict): string {
    const allowance = this.of().allowance;
    const at = formatInstant(verdict.nextPermittedAt ?? '');
    const limit = allowance?.limitToday ?? 0;
    return t('nextAllowed', { at, used: allowance?.usedToday ?? 0, limit });
  }

  protected readonly save = action(() => {
    const { caseId } = this.of();
    const request: RecordContactRequest = {
      caseId,
      contactId: this.#contactId,
      channel: this.channel() ?? Channel.CALL,
      party: this.party() ?? Party.DEBTOR,
      result: this.isWritten() ? ContactResult.SENT : (this.result() ?? ContactResult.NO_ANSWER),
      attitude: (this.isReached() ? this.attitude() : undefined) ?? Attitude.UNSPECIFIED,
      excuse: (this.isReached() ? this.excuse() : undefined) ?? Excuse.UNSPECIFIED,
      note: this.note(),
      happenedAt: undefined,
      companion: this.companion(),
    };
    const at = path`/v1/cases/${caseId}/contacts/${this.#contactId}`;
    return this.#api.put(at, RecordContactRequest.toJSON(request), RecordContactResponse.fromJSON);
  });

  /** The attempt is on record: nothing of the form is left to be found again. */
  protected end(): void {
    this.forget();
    this.saved.emit();
  }

  protected async send(): Promise<void> {
    const answer = await this.save.run();
    const verdict = answer?.contact?.verdict;
    if (verdict === undefined) return;
    if (this.channel() === Channel.VISIT) this.company.keep(this.companion().trim());
    if (verdict.permitted) {
      this.end();
      return;
    }
    this.refusal.set(verdict);
    // A second try is another attempt, not a repeat of this one.
    this.#contactId = newId();
  }
}
