import { computed, inject } from '@angular/core';
import type { Signal } from '@angular/core';
import {
  ListColleaguesRequest,
  ListColleaguesResponse,
  UserState,
} from '@recourse/proto/web/platform/v1/directory';
import { read } from '../session/api';
import { load } from '../session/load';
import { Session } from '../session/session';
import type { Option } from '../ui/filter-choice';

/** So many names fit on a phone without scrolling. */
const mostShown = 6;

/** Who came along on visits: whom to offer, and who it was last time. */
export type Companions = {
  options: Signal<Option[]>;
  last(): string;
  keep(name: string): void;
};

/**
 * Visits are made by two, mostly by the same two: who came along last time is kept on this device
 * for this person, and stands first. `wanted` says when the colleagues are to be read at all.
 */
export function companions(wanted: () => boolean): Companions {
  const { userId, userName } = inject(Session).caller();
  const key = `recourse.companion.${userId}`;
  const last = (): string => localStorage.getItem(key) ?? '';
  const colleagues = load(() =>
    wanted()
      ? read(
          '/v1/colleagues',
          ListColleaguesResponse.fromJSON,
          ListColleaguesRequest.toJSON({
            filter: { query: '', roles: [], states: [UserState.ACTIVE] },
            page: { size: mostShown + 1, cursor: '' },
          }),
        )
      : undefined,
  );
  const options = computed(() => {
    const listed = (colleagues.value()?.colleagues ?? []).map((one) => one.name || one.login);
    const names = [...new Set([last(), ...listed])];
    return names
      .filter((name) => name !== '' && name !== userName)
      .slice(0, mostShown)
      .map((name) => ({ value: name, name }));
  });
  return {
    options,
    last,
    keep: (name) => {
      if (name !== '') localStorage.setItem(key, name);
    },
  };
}
