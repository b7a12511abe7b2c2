/** Settings as the process is given them, by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** A setting without the blanks around it; blank counts as unset. */
export const blankAsUnset = (value: string | undefined): string | undefined =>
  value?.trim() ? value.trim() : undefined;
