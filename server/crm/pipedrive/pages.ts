import type { CallPipedrive, Company } from './client.ts';
import { PAGE } from './facts.ts';
import { readBody } from './failures.ts';
import type { Purpose } from './limits.ts';
import { type PipedriveRecord, recordPage } from './shapes.ts';

/** A list to read through. */
export interface Listing {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly purpose: Purpose;
  readonly until?: number;
  /** Pages at most: what lies beyond is for another time. */
  readonly mostPages?: number;
  /** Whether the page just read makes the next one unneeded. */
  readonly enough?: (rows: readonly PipedriveRecord[]) => boolean;
}

/** Rows of a list, page by page, in either version's way. Throws AppError `crm_read_failed`. */
export const readPages = async (
  call: CallPipedrive,
  company: Company,
  listing: Listing,
): Promise<readonly PipedriveRecord[]> => {
  const rows: PipedriveRecord[] = [];
  let from: Readonly<Record<string, string>> = {};
  for (let page = 0; page < (listing.mostPages ?? Number.POSITIVE_INFINITY); page++) {
    const reply = await call(company, {
      method: 'GET',
      path: listing.path,
      query: { limit: String(PAGE), ...listing.query, ...from },
      purpose: listing.purpose,
      ...(listing.until !== undefined && { until: listing.until }),
    });
    const { data, additional_data: more } = readBody(recordPage, reply);
    rows.push(...(data ?? []));
    const [start, cursor] = [more?.pagination?.next_start, more?.next_cursor];
    if (listing.enough?.(data ?? []) || (start === undefined && !cursor)) break;
    from = cursor ? { cursor } : { start: String(start) };
  }
  return rows;
};
