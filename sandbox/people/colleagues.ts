import type { SeedAccount } from '../hubspot/company.ts';

/** The people of a company, whoever installs apps first. */
export const colleaguesOf = ({ people }: SeedAccount, admin: string): SeedAccount['people'] =>
  people.toSorted((a, b) => Number(b.email === admin) - Number(a.email === admin));
