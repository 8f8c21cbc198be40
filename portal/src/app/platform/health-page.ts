import { Component, computed, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { readPortalConfig } from '../session/config';
import { PageHeader } from '../ui/page-header';
import { ServiceCard } from './service-card';
import { serviceNames } from './services';
import { t } from './words';

/** Every service beside the other, and the way to the identity provider's own console. */
@Component({
  imports: [MatButton, PageHeader, ServiceCard],
  template: `
    <rc-page-header [heading]="t('health')" [lead]="t('healthLead')">
      @if (console(); as address) {
        <a actions matButton="outlined" target="_blank" rel="noopener" [href]="address">
          {{ t('console') }}
        </a>
      }
    </rc-page-header>
    <div class="rc-grid">
      @for (name of names; track name) {
        <rc-service-card [service]="name" />
      }
    </div>
  `,
})
export class HealthPage {
  protected readonly t = t;
  protected readonly names = serviceNames;
  readonly #config = resource({ loader: () => readPortalConfig() });
  /** Keycloak's own console of our realm. */
  protected readonly console = computed(() => {
    const config = this.#config.hasValue() ? this.#config.value() : undefined;
    if (config === undefined) return undefined;
    return `${config.url}/admin/${encodeURIComponent(config.realm)}/console/`;
  });
}
