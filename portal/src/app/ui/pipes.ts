import { Pipe } from '@angular/core';
import type { PipeTransform } from '@angular/core';
import {
  formatBps,
  formatBytes,
  formatCount,
  formatDay,
  formatInstant,
  formatMoney,
  formatMoneyCompact,
  formatRelativeDay,
  formatRelativeInstant,
} from './format';
import type { MoneyValue } from './format';

// The pipes are not pure, because a language switch changes what they say about the same value.
// Their formats are kept, so a call costs about a microsecond.

@Pipe({ name: 'money', pure: false })
export class MoneyPipe implements PipeTransform {
  /** `bare` leaves the currency out, `compact` counts in 万, 亿 or K, M. */
  transform(amount: MoneyValue | undefined, style: 'full' | 'bare' | 'compact' = 'full'): string {
    return style === 'compact' ? formatMoneyCompact(amount) : formatMoney(amount, style === 'bare');
  }
}

@Pipe({ name: 'count', pure: false })
export class CountPipe implements PipeTransform {
  transform(count: number | bigint | undefined): string {
    return formatCount(count);
  }
}

@Pipe({ name: 'bps', pure: false })
export class BpsPipe implements PipeTransform {
  transform(bps: number | undefined): string {
    return formatBps(bps);
  }
}

@Pipe({ name: 'bytes', pure: false })
export class BytesPipe implements PipeTransform {
  transform(bytes: number | bigint): string {
    return formatBytes(bytes);
  }
}

@Pipe({ name: 'day', pure: false })
export class DayPipe implements PipeTransform {
  transform(day: string | undefined, style: 'medium' | 'short' | 'relative' = 'medium'): string {
    return style === 'relative' ? formatRelativeDay(day) : formatDay(day, style);
  }
}

@Pipe({ name: 'instant', pure: false })
export class InstantPipe implements PipeTransform {
  transform(
    instant: string | undefined,
    style: 'medium' | 'time' | 'relative' = 'medium',
    timeZone?: string,
  ): string {
    return style === 'relative'
      ? formatRelativeInstant(instant)
      : formatInstant(instant, style, timeZone);
  }
}
