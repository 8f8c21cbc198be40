import {
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
} from '@angular/core';
import type { CommissionTerms } from '@recourse/proto/web/agencies/v1/agencies';
import {
  LineKind,
  PreviewCommissionRequest,
  PreviewCommissionResponse,
} from '@recourse/proto/web/agencies/v1/commission';
import type { PreviewLine } from '@recourse/proto/web/agencies/v1/commission';
import { termText } from '../commission/term-text';
import { action } from '../session/action';
import { Api } from '../session/api';
import type { MoneyValue } from '../ui/format';
import { MoneyField } from '../ui/money-field';
import { MoneyPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { t } from './terms-words';

/** Typing rests this long before the server is asked. */
const restMs = 300;

/** What an example is of when nobody says, in minor units of two digits: 100,000. */
const usualPlaced = 10_000_000n;

/** Placed, and paid with three payments: three tenths, half, and the rest. */
function begun(placed: bigint): readonly (bigint | undefined)[] {
  const [first, second] = [(placed * 3n) / 10n, placed / 2n];
  return [placed, first, second, placed - first - second];
}

/** The payment of the three that comes while a matter is in court, where terms give more then. */
const inCourt = 1;

/** The currency that terms name amounts in; none where they are rates alone. */
function currencyOf({ model, minimum, cap, retainer }: CommissionTerms): string | undefined {
  const own =
    model?.$case === 'fixed'
      ? model.value.fee
      : model?.$case === 'amountBrackets'
        ? model.value.brackets[0]?.from
        : undefined;
  return (own ?? minimum ?? cap ?? retainer?.fee)?.currency;
}

/** What terms would give on an example, line by line, as the server would post it. */
@Component({
  selector: 'rc-terms-example',
  imports: [MoneyField, MoneyPipe, ProblemPanel],
  templateUrl: './terms-example.html',
  styleUrl: './terms-example.scss',
})
export class TermsExample {
  /** Nothing is reckoned while they do not hold. */
  readonly terms = input.required<CommissionTerms | undefined>();
  /** The case that the example is of, where there is one. */
  readonly placed = input<MoneyValue>();
  readonly daysOverdue = input(67);
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly termText = termText;
  readonly #written = linkedSignal(() => begun(this.placed()?.minor ?? usualPlaced));
  /** A change of terms that means the same, as another object, is no news. */
  readonly #said = computed(() => {
    const terms = this.terms();
    return terms && JSON.stringify(PreviewCommissionRequest.toJSON(this.#request(terms)));
  });
  protected readonly currency = computed(() => {
    const terms = this.terms();
    return (terms && currencyOf(terms)) ?? this.placed()?.currency ?? 'CNY';
  });
  protected readonly hasUplift = computed(() => (this.terms()?.litigationUpliftBps ?? 0) > 0);
  protected readonly fields = computed(() =>
    this.#written().map((minor, at) => ({
      label: at === 0 ? t('placed') : this.#paidLabel(at),
      value: minor === undefined ? undefined : { currency: this.currency(), minor },
    })),
  );
  protected readonly found = signal<PreviewCommissionResponse | undefined>(undefined);
  protected readonly net = computed((): MoneyValue | undefined => {
    const commission = this.found()?.commission;
    if (commission === undefined) return undefined;
    const paid = (this.found()?.lines ?? [])
      .filter((line) => line.kind === LineKind.ACCRUAL)
      .reduce((sum, line) => sum + (line.payment?.minor ?? 0n), 0n);
    return { currency: commission.currency, minor: paid - commission.minor };
  });
  protected readonly ask = action((_requestId, body: unknown) =>
    this.#api.post('/v1/commission:preview', body, PreviewCommissionResponse.fromJSON),
  );

  constructor() {
    effect((onCleanup) => {
      const said = this.#said();
      if (said === undefined) return;
      const rest = setTimeout(() => untracked(() => void this.#reckon(said)), restMs);
      onCleanup(() => clearTimeout(rest));
    });
  }

  async #reckon(said: string): Promise<void> {
    this.found.set(await this.ask.run(JSON.parse(said)));
    // Something was written while the answer was on its way.
    const now = this.#said();
    if (now !== undefined && now !== said) await this.#reckon(now);
  }

  #paidLabel(number: number): string {
    const label = t('paid', { number });
    return this.hasUplift() && number === inCourt + 1 ? `${label}${t('inCourt')}` : label;
  }

  #request(terms: CommissionTerms): PreviewCommissionRequest {
    const currency = this.currency();
    const [placed, ...paid] = this.#written();
    return {
      terms,
      daysOverdue: Math.max(0, this.daysOverdue()),
      placed: { currency, minor: placed ?? usualPlaced },
      payments: paid.flatMap((minor, at) =>
        minor === undefined || minor <= 0n
          ? []
          : [{ amount: { currency, minor }, inLitigation: this.hasUplift() && at === inCourt }],
      ),
    };
  }

  protected write(at: number, value: MoneyValue | undefined): void {
    this.#written.update((all) => all.map((one, index) => (index === at ? value?.minor : one)));
  }

  protected lineName({ kind, paymentNumber, postedWith }: PreviewLine): string {
    if (kind === LineKind.RETAINER) return t('retainerLine');
    return kind === LineKind.ADJUSTMENT
      ? t('adjustmentLine', { number: paymentNumber, with: postedWith })
      : t('accrualLine', { number: paymentNumber });
  }
}
