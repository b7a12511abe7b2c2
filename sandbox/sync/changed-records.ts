/** Which values of which records changed since the last round. */
export const createChangedRecords = () => {
  let changed = new Map<string, Set<string>>();
  return {
    note: (id: string, names: readonly string[]): void => {
      const known = changed.get(id) ?? new Set();
      for (const name of names) known.add(name);
      if (known.size > 0) changed.set(id, known);
    },
    take: (): readonly (readonly [string, ReadonlySet<string>])[] => {
      const taken = [...changed];
      changed = new Map();
      return taken;
    },
    size: (): number => changed.size,
  };
};
