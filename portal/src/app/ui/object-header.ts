import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from './icon';
import type { Crumb } from './page-header';
import { pageTitle } from './page-title';

/** A key figure of an object, already written out. */
export type Figure = {
  name: string;
  value: string;
  /** `in` for money that came in, `warn` and `bad` for risk. */
  tone?: 'in' | 'warn' | 'bad';
  hint?: string;
};

/** The head of an object page: name, chips, key figures, and the one primary action. */
@Component({
  selector: 'rc-object-header',
  imports: [Icon, RouterLink],
  template: `
    @if (crumbs().length > 0) {
      <nav class="crumbs">
        @for (crumb of crumbs(); track crumb.name) {
          <a [routerLink]="crumb.link">{{ crumb.name }}</a>
          <rc-icon name="chevron_right" />
        }
      </nav>
    }
    <div class="line">
      <div class="name">
        <h1 tabindex="-1">{{ heading() }}</h1>
        <div class="chips"><ng-content select="[chips]" /></div>
      </div>
      <div class="actions"><ng-content select="[actions]" /></div>
    </div>
    @if (figures().length > 0) {
      <dl>
        @for (figure of figures(); track figure.name) {
          <div>
            <dt>{{ figure.name }}</dt>
            <dd [class]="figure.tone ?? ''">{{ figure.value }}</dd>
            @if (figure.hint) {
              <dd class="hint">{{ figure.hint }}</dd>
            }
          </div>
        }
      </dl>
    }
    <ng-content />
  `,
  styleUrl: './object-header.scss',
})
export class ObjectHeader {
  readonly heading = input.required<string>();
  readonly figures = input<readonly Figure[]>([]);
  readonly crumbs = input<readonly Crumb[]>([]);

  constructor() {
    pageTitle(this.heading);
  }
}
