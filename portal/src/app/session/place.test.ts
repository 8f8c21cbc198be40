import { beforeEach, describe, expect, it } from '@jest/globals';
import { keepPlace, landing, returnToPlace } from './place';

const here = () => location.pathname + location.search + location.hash;
const go = (address: string) => history.replaceState(null, '', address);

beforeEach(() => {
  sessionStorage.clear();
  go('/');
});

describe('Away at the identity provider', () => {
  it('the place is kept and shown again once', () => {
    go('/cases?tier=A#notes');
    keepPlace();
    go('/#state=s&code=c');
    keepPlace();
    go('/');
    returnToPlace();
    expect(here()).toBe('/cases?tier=A#notes');
    go('/');
    returnToPlace();
    expect(here()).toBe('/');
  });

  it('a refusal of the provider does not become the place', () => {
    go('/today');
    keepPlace();
    go('/#error=access_denied&state=s');
    keepPlace();
    returnToPlace();
    expect(here()).toBe('/today');
  });

  it.each(['//evil.example/', 'https://evil.example/', 'javascript:1'])(
    'nothing leads elsewhere: %s',
    (place) => {
      sessionStorage.setItem('recourse.place', place);
      returnToPlace();
      expect(here()).toBe('/');
    },
  );

  it('the provider leads back to one address, whatever the place', () => {
    go('/cases?tier=A');
    expect(landing()).toBe(`${location.origin}/`);
  });
});
