/** Words divided by any comma or semicolon, Chinese ones too. */
export function listOf(text: string): string[] {
  return text
    .split(/[,，、;；]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
