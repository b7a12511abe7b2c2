/**
 * Opens accounts with what was saved of them: they are there before `restore` fills them, and people who are new since
 * then join them afterwards. `bare`: what makes a seed one without people.
 */
export const openAccounts = async <Seed extends object>(
  seeds: readonly Seed[],
  add: (seed: Seed) => unknown,
  bare: Partial<Seed>,
  restore: () => Promise<unknown>,
): Promise<void> => {
  for (const seed of seeds) add({ ...seed, ...bare });
  await restore();
  for (const seed of seeds) add(seed);
};
