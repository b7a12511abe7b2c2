/** Ids are numbers beyond what JavaScript holds exactly: an id that is not kept as text comes back as another one. */
const ORG_DIGITS = 7;
const SPACE = 12;

/** The ids of one org: nineteen digits, rising. `org`: seven digits that begin all of them. */
export const createIds = (org: number) => {
  let last = 1_000;
  return {
    next: (): string => {
      last += 1;
      return `${String(org).padStart(ORG_DIGITS, '1')}${String(last).padStart(SPACE, '0')}`;
    },
    last: (): number => last,
    /** Never hands out what was handed out before a restart. */
    passOver: (n: number): void => {
      last = Math.max(last, n);
    },
  };
};

export type Ids = ReturnType<typeof createIds>;

export const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{5,19}$/.test(value);
