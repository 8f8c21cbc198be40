/**
 * What runs in the page itself, as text: it is checked by no compiler of ours, since the tests know
 * no browser's types, so each piece is a few lines.
 */

/** Goes to an address inside the portal; gives the page that is left, or null when it stays. */
export function leaveFor(path: string): string {
  return `(() => {
    const shown = document.querySelector('main > router-outlet + *');
    const to = ${JSON.stringify(path)};
    const isOther = new URL(to, location.href).pathname !== location.pathname;
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
    return isOther ? shown : null;
  })()`;
}

/** What was asked for is in the page some frames after its answer. */
export const framesLater = `new Promise((resolve) => {
  let frames = 3;
  const next = () => (frames-- > 0 ? requestAnimationFrame(next) : resolve());
  next();
})`;

/** How many pixels the page is wider than the screen. */
export const pixelsTooWide = 'document.documentElement.scrollWidth - innerWidth';

/**
 * A colour on its way from one scheme to the other is neither. The content security policy forbids
 * styles in the page, but not this.
 */
export const standStill = `(() => {
  const still = new CSSStyleSheet();
  still.replaceSync('* { transition: none !important; animation: none !important }');
  document.adoptedStyleSheets.push(still);
})()`;

/** Axe's own words for what it finds, a line for each element; axe has to be there. */
export function axeFindings(rules: 'all' | 'colours'): string {
  const only = rules === 'all' ? '' : "runOnly: { type: 'rule', values: ['color-contrast'] },";
  return `axe
    .run(document, { ${only} resultTypes: ['violations'], preload: false, iframes: false })
    .then(({ violations }) =>
      violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => [id, ...target, failureSummary].join(' ')),
      ),
    )`;
}
