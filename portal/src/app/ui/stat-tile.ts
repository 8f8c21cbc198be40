import { NgTemplateOutlet } from '@angular/common';
import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';

/** One number of a dashboard, a link to what it counts when there is one. */
@Component({
  selector: 'rc-stat-tile',
  imports: [NgTemplateOutlet, RouterLink],
  template: `
    @if (link(); as to) {
      <a class="tile" [routerLink]="to" [queryParams]="query()">
        <ng-container [ngTemplateOutlet]="content" />
      </a>
    } @else {
      <div class="tile"><ng-container [ngTemplateOutlet]="content" /></div>
    }
    <ng-template #content>
      <span class="name">{{ name() }}</span>
      @if (value() === undefined) {
        <span class="bone" aria-hidden="true"></span>
      } @else {
        <span class="value" [class]="tone()">{{ value() }}</span>
      }
      @if (hint()) {
        <span class="hint">{{ hint() }}</span>
      }
    </ng-template>
  `,
  styles: `
    :host {
      display: block;
    }
    .tile {
      display: flex;
      flex-direction: column;
      block-size: 100%;
      padding: 12px 16px;
      border: 1px solid var(--rc-line);
      border-radius: var(--rc-radius-large);
      background: var(--rc-surface);
      color: inherit;
      text-decoration: none;
    }
    a.tile:hover {
      border-color: var(--rc-line-strong);
    }
    .name {
      color: var(--rc-text-2);
      font-size: 13px;
    }
    .value {
      font-size: 22px;
      font-weight: 620;
      font-variant-numeric: tabular-nums;
      letter-spacing: -0.01em;
      line-height: 32px;
    }
    .hint {
      color: var(--rc-text-2);
      font-size: 12.5px;
    }
    .bone {
      inline-size: 60%;
      block-size: 14px;
      margin: 9px 0;
      border-radius: 7px;
      background: var(--rc-surface-3);
    }
    .in {
      color: var(--rc-green);
    }
    .warn {
      color: var(--rc-amber);
    }
    .bad {
      color: var(--rc-red);
    }
  `,
})
export class StatTile {
  readonly name = input.required<string>();
  /** Written out; undefined while it is loading. */
  readonly value = input.required<string | undefined>();
  readonly tone = input<'' | 'neutral' | 'in' | 'warn' | 'bad'>('');
  readonly hint = input('');
  readonly link = input<string>();
  readonly query = input<Readonly<Record<string, string | readonly string[]>>>({});
}
