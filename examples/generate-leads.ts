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
}

/** Follow-the-sun's weeks have both clock changes in them: Europe's on 25 October, America's on 1 November. */
export const EXAMPLES: Readonly<Record<string, Period>> = {
  'weighted-inbound': { seed: 11, from: '2026-11-09', days: 12 },
  'follow-the-sun': { seed: 12, from: '2026-10-22', days: 21 },
  'known-accounts': { seed: 14, from: '2026-11-30', days: 12 },
  'capacity-and-skills': { seed: 13, from: '2026-11-16', days: 12 },
};

const COUNT = 200;
/** How many are somebody who wrote before, and how many arrive at any hour of any day. */
const AGAIN = 0.06;
const ANY_HOUR = 0.3;
const DAY = 86_400_000;

type Columns = Readonly<Record<string, string>>;

/** The leads of an example in order of arrival, as CSV. */
export const generateLeads = ({ seed, from, days }: Period): string => {
  const random = seededRandom(seed);
  const newPerson = createPeople(random);
  const people: Columns[] = [];
  const arrivals = Array.from({ length: COUNT }, () => arrival(random, Date.parse(from), days)).sort();
  const rows = arrivals.map((arrived_at, i) => {
    const known = people[Math.floor(random() * people.length)];
    const person = known !== undefined && random() < AGAIN ? known : newPerson();
    people.push(person);
    return { id: `L-${String(i + 1).padStart(3, '0')}`, arrived_at, ...person };
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

const createPeople = (random: () => number): (() => Columns) => {
  const words = readFileSync(new URL('sample-company/leads.json', import.meta.url), 'utf8');
  const next = createLeadGenerator(JSON.parse(words) as LeadWords, random);
  return () => {
    const { contact, company } = next();
    return {
      name: [contact.firstname, contact.lastname].filter(Boolean).join(' '),
      email: contact.email ?? '',
      company: contact.company ?? '',
      country: contact.country ?? '',
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
