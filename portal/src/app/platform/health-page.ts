import { Component, computed, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  ListOrganisationsRequest,
  ListOrganisationsResponse,
  OrganisationState,
} from '@recourse/proto/web/platform/v1/directory';
import { read } from '../session/api';
import { readPortalConfig } from '../session/config';
import { load } from '../session/load';
import { Icon } from '../ui/icon';
import { PageHeader } from '../ui/page-header';
import { ServiceCard } from './service-card';
import { serviceNames } from './services';
import { t } from './words';

/** Every service beside the other, and the way to the identity provider's own console. */
@Component({
  imports: [Icon, MatButton, PageHeader, RouterLink, ServiceCard],
  template: `
    <rc-page-header [heading]="t('health')" [lead]="t('healthLead')">
      @if (console(); as address) {
        <a actions matButton="outlined" target="_blank" rel="noopener" [href]="address">
          {{ t('console') }}
        </a>
      }
    </rc-page-header>
    @if (pending()) {
      <p class="rc-card rc-card-body waiting" role="status">
        <rc-icon name="apartment" />
        <a routerLink="/organisations" [queryParams]="{ states: state.PENDING }">
          {{ t('toVet', { count: pending() }) }}
        </a>
      </p>
    }
    <div class="rc-grid">
      @for (name of names; track name) {
        <rc-service-card [service]="name" />
      }
    </div>
  `,
  styles: `
    .waiting {
      display: flex;
      align-items: center;
      gap: 8px;
      margin-block: 0 16px;
    }
  `,
})
export class HealthPage {
  protected readonly t = t;
  protected readonly names = serviceNames;
  protected readonly state = OrganisationState;
  /** Organisations that wait to be let in: nobody else tells the platform of them. */
  readonly #waiting = load(() => {
    const filter = { query: '', kind: '', states: [OrganisationState.PENDING] };
    return read(
      '/v1/organisations',
      ListOrganisationsResponse.fromJSON,
      ListOrganisationsRequest.toJSON({ filter, page: { size: 1, cursor: '' } }),
    );
  });
  protected readonly pending = computed(() => this.#waiting.value()?.page?.count ?? 0n);
  readonly #config = resource({ loader: () => readPortalConfig() });
  /** Keycloak's own console of our realm. */
  protected readonly console = computed(() => {
    const config = this.#config.hasValue() ? this.#config.value() : undefined;
    if (config === undefined) return undefined;
    return `${config.url}/admin/${encodeURIComponent(config.realm)}/console/`;
  });
}
