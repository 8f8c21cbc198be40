/** What a signal form tells a control that is wrong; a part of its `ValidationError`. */
export type ControlError = { readonly kind: string; readonly message?: string };

/** The words to show below a control: the page's own, else the form's once the person left it. */
export function shownError(
  own: string | undefined,
  errors: readonly ControlError[],
  touched: boolean,
): string {
  if (own !== undefined && own !== '') return own;
  return touched ? (errors.find((error) => error.message !== undefined)?.message ?? '') : '';
}
