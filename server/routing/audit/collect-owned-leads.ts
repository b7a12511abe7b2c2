import { readDatetime } from '../policy/read-moments.ts';
import { Refusal } from '../policy/refusal.ts';
import { nearest } from '../policy/strict-object.ts';
import type { OwnedLeads } from './audit.ts';

/** Leads of a file with who had them, and what could not be counted. */
export interface CollectedLeads {
  /** In order of arrival. */
  readonly leads: OwnedLeads;
  readonly withoutOwner: number;
  readonly withoutTime: number;
  /** The file gives days only: hours say nothing. */
  readonly datesOnly: boolean;
}

/** A line that cannot be read. `line`: from 1; null: the whole file. */
export interface LeadsProblem {
  readonly line: number | null;
  readonly reason: string;
}

export type Collected =
  | ({ readonly ok: true } & CollectedLeads)
  /** `count`: how many there are, where not all are told. */
  | { readonly ok: false; readonly problems: readonly LeadsProblem[]; readonly count: number };

/** The columns that say who had a lead, and when it came. */
export interface OwnerColumns {
  readonly owner: string;
  readonly at: string;
}

/** Problems that are told one by one. */
const TOLD = 20;

/** Collects who had each lead and when it came, record by record, the header first; other columns are passed over. */
export const collectOwnedLeads = (columns: OwnerColumns) => {
  const owners = new Map<string, number>();
  const read: { at: number[]; owner: number[] } = { at: [], owner: [] };
  const seen = { withoutOwner: 0, withoutTime: 0, times: 0, wrong: 0 };
  const problems: LeadsProblem[] = [];
  let places: { readonly owner: number; readonly at: number } | null = null;
  const wrong = (line: number, reason: string): void => {
    seen.wrong++;
    if (problems.length < TOLD) problems.push({ line, reason });
  };
  const header = (cells: readonly string[]): void => {
    const [owner, at] = [placeOf(cells, columns.owner), placeOf(cells, columns.at)];
    for (const place of [owner, at]) if (typeof place === 'string') wrong(1, place);
    if (typeof owner === 'number' && typeof at === 'number') places = { owner, at };
  };
  const row = (line: number, owner: string, at: ReturnType<typeof readAt>): void => {
    if (at instanceof Refusal) wrong(line, `${columns.at}: ${at.message}`);
    else if (at === null) seen.withoutTime++;
    else if (owner === '') seen.withoutOwner++;
    else {
      if (!at.isDay) seen.times++;
      if (!owners.has(owner)) owners.set(owner, owners.size);
      read.owner.push(owners.get(owner)!);
      read.at.push(at.instant);
    }
  };
  return {
    /** Whether there is any use in reading on. */
    take: ({ line, cells }: { readonly line: number; readonly cells: readonly string[] }): boolean => {
      if (places === null) header(cells);
      else row(line, cells[places.owner]!.trim(), readAt(cells[places.at]!.trim()));
      return places !== null;
    },
    end: (): Collected => {
      if (problems.length > 0) return { ok: false, problems, count: seen.wrong };
      if (places === null) return { ok: false, problems: [{ line: null, reason: EMPTY }], count: 1 };
      return {
        ok: true,
        leads: inOrder([...owners.keys()], read.owner, read.at),
        withoutOwner: seen.withoutOwner,
        withoutTime: seen.withoutTime,
        datesOnly: seen.times === 0,
      };
    },
  };
};

const EMPTY = 'is empty; the first line names the columns';

/** A column's place, or what is wrong with it. */
const placeOf = (cells: readonly string[], column: string): number | string => {
  const known = cells.map((cell) => cell.trim());
  const place = known.indexOf(column);
  if (place >= 0) return place;
  const near = nearest(column, known);
  const there = near === null ? `the file has ${known.join(', ')}` : `did you mean ${near}?`;
  return `there is no column ${column}; ${there}`;
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** An instant, or a day, which counts from its midnight in UTC; null: an empty cell. */
const readAt = (text: string): { readonly instant: number; readonly isDay: boolean } | Refusal | null => {
  if (text === '') return null;
  const isDay = DAY.test(text);
  const instant = readDatetime(isDay ? `${text}T00:00:00Z` : text);
  return instant instanceof Refusal ? instant : { instant, isDay };
};

/** By arrival; leads of one instant stay in the file's order. */
const inOrder = (owners: readonly string[], owner: readonly number[], at: readonly number[]): OwnedLeads => {
  const order = Array.from(at, (_, i) => i).sort((a, b) => at[a]! - at[b]! || a - b);
  return {
    owners,
    owner: Uint32Array.from(order, (i) => owner[i]!),
    at: Float64Array.from(order, (i) => at[i]!),
  };
};
