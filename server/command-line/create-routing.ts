import type { HolidayDates } from '../routing/availability/shifts.ts';
import { digestLead } from '../routing/hash/decision-hash.ts';
import { createDesk, type Given } from '../routing/simulate/desk.ts';
import type { LeadRow } from './read-leads.ts';
import type { PolicyFile } from './read-policy-file.ts';
import { ZONES } from './zones.ts';

/** A row and what the policy said about it. */
export interface Routed extends Given {
  readonly row: LeadRow;
}

/** Decides leads one after the other, each with what the ones before left behind. */
export interface Routing {
  readonly route: (row: LeadRow) => Routed;
  /** The greatest lag of anybody in a pool after any lead, up or down, in millionths of a lead. */
  readonly worstLag: (pool: string) => number;
}

/** Nothing is stored, so there is nothing to keep apart: the same file gives the same hashes. */
const SALT = '';

/** Starts with nobody owed anything and nobody busy. */
export const createRouting = (file: PolicyFile, holidays: HolidayDates): Routing => {
  const desk = createDesk({ ...file, holidays, zones: ZONES });
  return {
    route: (row) => {
      const { id, values, arrivedAt } = row;
      const digest = digestLead(values, SALT);
      return {
        row,
        ...desk.give({ id, values, digest, history: desk.historyOf(values), owner: null }, arrivedAt),
      };
    },
    worstLag: (pool) => desk.ledger(pool)?.worstLag() ?? 0,
  };
};
