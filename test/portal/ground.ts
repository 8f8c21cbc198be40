import type { Browser } from 'playwright-core';
import { type Language, type Person, signIn } from './browser.ts';
import type { TestHouse } from './house.ts';
import type { World } from './world.ts';

/** What the suites share: one platform, one browser, the world in it, and who is signed in. */
export type Ground = {
  house: TestHouse;
  browser: Browser;
  world: World;
  /** The person with this login, who signs in once for all suites. */
  at(username: string, language: Language, width?: number): Promise<Person>;
  /** What the browsers of all of them have reported. */
  errors(): string[];
};

export function groundOf(house: TestHouse, browser: Browser, world: World): Ground {
  const { address, password } = house;
  const people = new Map<string, Promise<Person>>();
  const signedIn: Person[] = [];
  return {
    house,
    browser,
    world,
    at(username, language, width = 1280) {
      const key = `${username} ${language} ${width}`;
      const known = people.get(key);
      if (known !== undefined) return known;
      const made = signIn(browser, { address, username, password, language, width });
      people.set(key, made);
      return made.then((person) => {
        signedIn.push(person);
        return person;
      });
    },
    errors: () => signedIn.flatMap((person) => person.errors),
  };
}
