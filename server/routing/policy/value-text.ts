/** A value that a caller gave, as the text that CRMs take: lists by semicolons, amounts without their currency. */
export const valueText = (given: unknown): string | null => {
  if (typeof given === 'string') return given.trim() === '' ? null : given.trim();
  if (typeof given === 'number' || typeof given === 'boolean') return String(given);
  if (Array.isArray(given)) return given.length === 0 ? null : given.map(String).join(';');
  const amount = (given as { readonly amount?: unknown } | null)?.amount;
  return typeof amount === 'number' ? String(amount) : null;
};
