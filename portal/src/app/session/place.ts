/**
 * Where the person is, kept while they are away at the identity provider, in this tab only. The
 * provider leads back to one exact address, so the way on from there is ours to know.
 */
const name = 'recourse.place';

/** The one address that the provider may lead back to. */
export function landing(): string {
  return `${location.origin}/`;
}

/** The provider's answer stands behind the `#` of the landing address. */
function isAnswer(): boolean {
  const answer = new URLSearchParams(location.hash.slice(1));
  return answer.has('state') && (answer.has('code') || answer.has('error'));
}

/** Keeps the present address; while it is the provider’s answer, the kept one still counts. */
export function keepPlace(): void {
  if (isAnswer()) return;
  sessionStorage.setItem(name, location.pathname + location.search + location.hash);
}

/** Shows the kept address again, once, before anything reads the present one. */
export function returnToPlace(): void {
  const place = sessionStorage.getItem(name);
  sessionStorage.removeItem(name);
  // A path, and not `//host`: the browser would refuse another origin with an error.
  if (place !== null && /^\/(?!\/)/.test(place)) history.replaceState(history.state, '', place);
}
