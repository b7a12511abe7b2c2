/** Tells that a file is not in order of arrival, and what that does. */
export const backwardsText = (leads: string, backwards: number): string => {
  const many = backwards === 1 ? '1 lead' : `${backwards.toLocaleString('en')} leads`;
  return (
    `${leads}: ${many} arrived before a row above; each was decided at its own time, in the file's order. ` +
    'Sort by arrived_at to see a history as it happened.\n'
  );
};
