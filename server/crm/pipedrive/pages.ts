import type { CallPipedrive, Company } from './client.ts';
import { PAGE } from './facts.ts';
import { readBody } from './failures.ts';
import type { Purpose } from './limits.ts';
import { type PipedriveRecord, recordPage } from './shapes.ts';

/** A list to read. */
export interface Listing {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly purpose: Purpose;
  readonly until?: number;
}

/** A list to read through. */
interface WholeListing extends Listing {
  /** Pages at most: what lies beyond is for another time. */
  readonly mostPages?: number;
  /** Whether the page just read makes the next one unneeded. */
  readonly enough?: (rows: readonly PipedriveRecord[]) => boolean;
}

/** Where a list goes on, in either version's way: `start` or `cursor`. */
export type Place = Readonly<Record<string, string>>;

/** One page of a list; `next`: null where it was the last. Throws AppError `crm_read_failed`. */
export const readPage = async (
  call: CallPipedrive,
  company: Company,
  { path, query, purpose, until }: Listing,
  place: Place | null,
): Promise<{ readonly rows: readonly PipedriveRecord[]; readonly next: Place | null }> => {
  const reply = await call(company, {
    method: 'GET',
    path,
    query: { limit: String(PAGE), ...query, ...place },
    purpose,
    ...(until !== undefined && { until }),
  });
  const { data, additional_data: more } = readBody(recordPage, reply);
  const [start, cursor] = [more?.pagination?.next_start, more?.next_cursor];
  const next = cursor ? { cursor } : start === undefined ? null : { start: String(start) };
  return { rows: data ?? [], next };
};

/** Rows of a list, page by page. Throws AppError `crm_read_failed`. */
export const readPages = async (
  call: CallPipedrive,
  company: Company,
  { mostPages = Number.POSITIVE_INFINITY, enough, ...listing }: WholeListing,
): Promise<readonly PipedriveRecord[]> => {
  const rows: PipedriveRecord[] = [];
  let place: Place | null = null;
  for (let page = 0; page < mostPages; page++) {
    const found = await readPage(call, company, listing, place);
    rows.push(...found.rows);
    place = found.next;
    if (place === null || enough?.(found.rows)) break;
  }
  return rows;
};
