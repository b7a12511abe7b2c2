/** How often a fault strikes, counted over what it is aimed at. */
export interface FaultCount {
  /** How many it hits; unset: all of them. */
  readonly times?: number;
  /** How many are let through first. */
  readonly skip?: number;
}

/** A fault that is switched on, and how often it has struck. */
export interface ActiveFault<Fault> {
  readonly fault: Fault;
  readonly struck: number;
}

/** Faults in the order they were switched on; each strikes what it is aimed at until it is used up. */
export const createFaultList = <Fault extends FaultCount>() => {
  let active: { readonly fault: Fault; seen: number; struck: number }[] = [];
  const entryOf = (fault: Fault) => ({ fault, seen: 0, struck: 0 });
  return {
    /** Puts these in place of all that were on. */
    set: (faults: readonly Fault[]): void => {
      active = faults.map(entryOf);
    },
    add: (fault: Fault): void => void active.push(entryOf(fault)),
    /** Switches those off that `which` names; the others go on counting. */
    remove: (which: (fault: Fault) => boolean): void => {
      active = active.filter(({ fault }) => !which(fault));
    },
    /** The first fault that strikes what `aimed` says it is aimed at, counted; null: nothing goes wrong. */
    take: (aimed: (fault: Fault) => boolean): Fault | null => {
      for (const entry of active) {
        if (!aimed(entry.fault)) continue;
        const turn = entry.seen++ - (entry.fault.skip ?? 0);
        if (turn < 0 || turn >= (entry.fault.times ?? Number.POSITIVE_INFINITY)) continue;
        entry.struck++;
        return entry.fault;
      }
      return null;
    },
    list: (): readonly ActiveFault<Fault>[] => active.map(({ fault, struck }) => ({ fault, struck })),
  };
};
