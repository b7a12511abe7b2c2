import type { OwnedLeads } from '../routing/audit/audit.ts';
import { readDatetime } from '../routing/policy/read-moments.ts';
import { Refusal } from '../routing/policy/refusal.ts';
import { nearest } from '../routing/policy/strict-object.ts';
import { BadInput, badInput, type InputProblem } from './bad-input.ts';
import { readCsv } from './read-csv.ts';

/** Leads of a file with who had them, and what could not be counted. */
export interface ReadOwnedLeads {
  /** In order of arrival. */
  readonly leads: OwnedLeads;
  readonly withoutOwner: number;
  readonly withoutTime: number;
  /** The file gives days only: hours say nothing. */
  readonly datesOnly: boolean;
}

/** Problems that are told one by one. */
const TOLD = 20;

/** Reads who had each lead and when it came; other columns are passed over. Throws BadInput. */
export const readOwnedLeads = async (
  file: string,
  columns: { readonly owner: string; readonly at: string },
): Promise<ReadOwnedLeads> => {
  const owners = new Map<string, number>();
  const read: { at: number[]; owner: number[] } = { at: [], owner: [] };
  const seen = { withoutOwner: 0, withoutTime: 0, times: 0, wrong: 0 };
  const problems: InputProblem[] = [];
  let places: { readonly owner: number; readonly at: number } | null = null;
  for await (const { line, cells } of readCsv(file)) {
    if (places === null) {
      places = { owner: placeOf(file, cells, columns.owner), at: placeOf(file, cells, columns.at) };
      continue;
    }
    const owner = cells[places.owner]!.trim();
    const at = readAt(cells[places.at]!.trim());
    if (at instanceof Refusal) {
      seen.wrong++;
      if (problems.length < TOLD) problems.push({ file, line, reason: `${columns.at}: ${at.message}` });
    } else if (at === null) seen.withoutTime++;
    else if (owner === '') seen.withoutOwner++;
    else {
      if (!at.isDay) seen.times++;
      if (!owners.has(owner)) owners.set(owner, owners.size);
      read.owner.push(owners.get(owner)!);
      read.at.push(at.instant);
    }
  }
  if (places === null) throw badInput(file, null, 'is empty; the first line names the columns');
  if (problems.length > 0) throw new BadInput(problems, seen.wrong);
  return {
    leads: inOrder([...owners.keys()], read.owner, read.at),
    withoutOwner: seen.withoutOwner,
    withoutTime: seen.withoutTime,
    datesOnly: seen.times === 0,
  };
};

const placeOf = (file: string, cells: readonly string[], column: string): number => {
  const known = cells.map((cell) => cell.trim());
  const place = known.indexOf(column);
  if (place >= 0) return place;
  const near = nearest(column, known);
  const there = near === null ? `the file has ${known.join(', ')}` : `did you mean ${near}?`;
  throw badInput(file, 1, `there is no column ${column}; ${there}`);
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
