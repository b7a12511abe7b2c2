/**
 * Makes an example's leads: `node examples/generate-leads.ts weighted-inbound > examples/weighted-inbound/leads.csv`.
 * The same example gets the same leads everywhere. People come back, leave things out, and write at night.
 */
import { readFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { createLeadGenerator, type LeadWords, seededRandom } from '../sandbox/people/lead-generator.ts';

/** When an example's leads arrive (`days` from a date on, UTC), and the seed of everything about them. */
interface Period {
  readonly seed: number;
  readonly from: string;
  readonly days: number;
  /** With where in the country they are, and the webinars they were at. */
  readonly more?: boolean;
}

/** Follow-the-sun's weeks have both clock changes in them: Europe's on 25 October, America's on 1 November. */
export const EXAMPLES: Readonly<Record<string, Period>> = {
  'weighted-inbound': { seed: 11, from: '2026-11-09', days: 12 },
  'follow-the-sun': { seed: 12, from: '2026-10-22', days: 21 },
  'known-accounts': { seed: 14, from: '2026-11-30', days: 12 },
  'capacity-and-skills': { seed: 13, from: '2026-11-16', days: 12 },
  territories: { seed: 14, from: '2026-11-16', days: 12, more: true },
};

const COUNT = 200;
/** How many are somebody who wrote before, and how many arrive at any hour of any day. */
const AGAIN = 0.06;
const ANY_HOUR = 0.3;
const DAY = 86_400_000;

type Columns = Readonly<Record<string, string>>;

/** The leads of an example in order of arrival, as CSV. */
export const generateLeads = ({ seed, from, days, more = false }: Period): string => {
  const random = seededRandom(seed);
  const newPerson = createPeople(random, more);
  const people: Columns[] = [];
  const arrivals = Array.from({ length: COUNT }, () => arrival(random, Date.parse(from), days)).sort();
  const rows = arrivals.map((arrived_at, i) => {
    const known = people[Math.floor(random() * people.length)];
    const person = known !== undefined && random() < AGAIN ? known : newPerson();
    people.push(person);
    const id = `L-${String(i + 1).padStart(3, '0')}`;
    return { id, arrived_at, ...person, ...(more && { 'events.webinar': webinars(random, arrived_at) }) };
  });
  return stringify(rows, { header: true });
};

/** Mostly office hours of Europe and America on a weekday; else any time. To the second. */
const arrival = (random: () => number, from: number, days: number): string => {
  const anyHour = random() < ANY_HOUR;
  for (;;) {
    const day = from + Math.floor(random() * days) * DAY;
    const hour = anyHour ? random() * 24 : 8 + random() * 14;
    const weekend = [0, 6].includes(new Date(day).getUTCDay());
    if (anyHour || !weekend)
      return new Date(day + Math.floor(hour * 3600) * 1000).toISOString().replace('.000', '');
  }
};

/** How postal codes of a state begin. */
const POSTAL: Readonly<Record<string, readonly string[]>> = {
  CA: ['900', '941', '943', '921'],
  NY: ['100', '112'],
  TX: ['750', '787'],
  WA: ['981'],
  MA: ['021'],
  IL: ['606'],
  CO: ['802'],
  GA: ['303'],
};

const pick = <T>(random: () => number, items: readonly T[]): T => items[Math.floor(random() * items.length)]!;

/** A region, a postal code, both or neither; one who leaves the region out may still give the code. */
const whereabouts = (random: () => number, country: string, state: string): Columns => {
  const lives = country === 'United States' ? state || pick(random, Object.keys(POSTAL)) : '';
  const [code, given] = [String(Math.floor(random() * 100)).padStart(2, '0'), random() < 0.7];
  return { region: state, postal: given && lives in POSTAL ? pick(random, POSTAL[lives]!) + code : '' };
};

/** Instants of the weeks before somebody wrote. */
const webinars = (random: () => number, before: string): string =>
  Array.from({ length: random() < 0.3 ? 1 + Math.floor(random() * 3) : 0 }, () =>
    new Date(Date.parse(before) - Math.floor(random() * 25 * 24) * 3_600_000)
      .toISOString()
      .replace('.000', ''),
  )
    .sort()
    .join(';');

const createPeople = (random: () => number, more: boolean): (() => Columns) => {
  const words = readFileSync(new URL('sample-company/leads.json', import.meta.url), 'utf8');
  const next = createLeadGenerator(JSON.parse(words) as LeadWords, random);
  return () => {
    const { contact, company } = next();
    return {
      name: [contact.firstname, contact.lastname].filter(Boolean).join(' '),
      email: contact.email ?? '',
      company: contact.company ?? '',
      country: contact.country ?? '',
      ...(more && whereabouts(random, contact.country ?? '', contact.state ?? '')),
      language: contact.hs_language ?? '',
      employees: company?.numberofemployees ?? '',
      source: contact.hs_latest_source ?? '',
      message: contact.message ?? '',
    };
  };
};

if (import.meta.main) {
  const example = EXAMPLES[process.argv[2] ?? ''];
  if (example === undefined) throw new Error(`Name an example: ${Object.keys(EXAMPLES).join(', ')}`);
  process.stdout.write(generateLeads(example));
}
