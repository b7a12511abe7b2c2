/**
 * Turns the public "CRM Sales Opportunities" data set (accounts.csv, products.csv, sales_pipeline.csv, sales_teams.csv) into leads
 * for `fairlead route`: `node examples/sales-pipeline/convert.ts FOLDER > leads.csv`; with `--history` after it, for `simulate`, with
 * who really had them and when they were closed. How each column is read: docs/real-history.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

type Row = Readonly<Record<string, string>>;

/** Leads of a day arrive from this hour on, a second apart. */
const ARRIVAL_HOUR = '15:00:00[America/New_York]';
/** Product names the pipeline spells otherwise than the product list. */
const SPELLINGS: Readonly<Record<string, string>> = { GTXPro: 'GTX Pro' };
const SECTORS: Readonly<Record<string, string>> = { technolgy: 'technology' };
const COUNTRIES: Readonly<Record<string, string>> = { Philipines: 'PH', Korea: 'KR' };

/** One opportunity as a lead, and the agent who really had it. */
export interface PipelineLead {
  readonly id: string;
  readonly arrived_at: string;
  readonly company: string;
  readonly sector: string;
  readonly employees: string;
  readonly country: string;
  readonly product: string;
  readonly product_value: string;
  readonly agent: string;
  readonly manager: string;
  /** When it was won or lost; empty: it never was. */
  readonly closed_at: string;
}

const read = (folder: string, name: string): readonly Row[] =>
  parse(readFileSync(join(folder, name)), { columns: true, skip_empty_lines: true });

const by = (rows: readonly Row[], key: string): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [row[key] ?? '', row]));

/** A day's hour of arrivals, as an instant. */
const arrivalOn = (day: string): Temporal.ZonedDateTime =>
  Temporal.ZonedDateTime.from(`${day}T${ARRIVAL_HOUR}`);

/** Instants for opportunities in the order given: by day, then a second apart; undated ones after the last day. */
function arrivals(rows: readonly Row[]): readonly string[] {
  const seen = new Map<string, number>();
  const last = rows
    .map(({ engage_date }) => engage_date ?? '')
    .sort()
    .at(-1)!;
  const dayAfter = Temporal.PlainDate.from(last).add({ days: 1 }).toString();
  return rows.map(({ engage_date }) => {
    const day = engage_date || dayAfter;
    const place = seen.get(day) ?? 0;
    seen.set(day, place + 1);
    return arrivalOn(day).add({ seconds: place }).toInstant().toString();
  });
}

/** Reads the data set and returns its opportunities in order of arrival. */
export function pipelineLeads(folder: string): readonly PipelineLead[] {
  const accounts = by(read(folder, 'accounts.csv'), 'account');
  const products = by(read(folder, 'products.csv'), 'product');
  const teams = by(read(folder, 'sales_teams.csv'), 'sales_agent');
  const dated = (row: Row): string => row.engage_date || '9999';
  const rows = [...read(folder, 'sales_pipeline.csv')].sort((a, b) => dated(a).localeCompare(dated(b)));
  const instants = arrivals(rows);
  return rows.map((row, index) => {
    const account = accounts.get(row.account ?? '');
    const product = SPELLINGS[row.product ?? ''] ?? row.product ?? '';
    const sector = account?.sector ?? '';
    const country = account?.office_location ?? '';
    return {
      id: row.opportunity_id ?? '',
      arrived_at: instants[index]!,
      company: row.account ?? '',
      sector: SECTORS[sector] ?? sector,
      employees: account?.employees ?? '',
      country: COUNTRIES[country] ?? country,
      product,
      product_value: products.get(product)?.sales_price ?? '',
      agent: row.sales_agent ?? '',
      manager: teams.get(row.sales_agent ?? '')?.manager ?? '',
      closed_at: row.close_date ? arrivalOn(row.close_date).toInstant().toString() : '',
    };
  });
}

if (import.meta.main) {
  const folder = process.argv[2];
  if (!folder)
    throw new Error(
      'Name the folder that holds sales_pipeline.csv: node examples/sales-pipeline/convert.ts FOLDER',
    );
  process.stdout.write(
    stringify(
      process.argv[3] === '--history'
        ? [...pipelineLeads(folder)]
        : pipelineLeads(folder).map(({ agent: _, manager: _team, closed_at: _closed, ...lead }) => lead),
      { header: true },
    ),
  );
}
