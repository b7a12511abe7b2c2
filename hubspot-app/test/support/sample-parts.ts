import type { CandidateView, NamedRef, RuleTrace, StoryEntry } from '../../src/app/cards/record-card.ts';

const person = (id: string, name: string): NamedRef => ({ id, name });

export const DANA = person('dana', 'Dana Whitfield');
export const JO = person('jo', 'Jo Brandt');
const SAM = person('sam', 'Sam Okafor');
const MAX = person('max', 'Max Lindqvist');
const PRIYA = person('priya', 'Priya Raman');
export const REPS: readonly NamedRef[] = [DANA, JO, MAX, PRIYA, SAM];

const candidate = ({ id, name }: NamedRef, code: string, detail: string): CandidateView => ({
  rep: id,
  name,
  code,
  detail,
  pool: 'Enterprise',
});

export const candidates: readonly CandidateView[] = [
  candidate(DANA, 'chosen', 'Next in line: owed 0.62 of a lead.'),
  candidate(SAM, 'outranked', 'Owed 0.21 of a lead, less than Dana.'),
  candidate(JO, 'off_hours', 'Back at 09:00 Berlin.'),
  candidate(MAX, 'time_off', 'Away until 1 December, 09:00 Stockholm.'),
  candidate(PRIYA, 'at_capacity', '8 leads today, at most 8.'),
];

export const RULES: readonly RuleTrace[] = [
  {
    rule: 'weekend',
    name: 'Weekend',
    matched: false,
    because: 'It was Tuesday 10:00 in New York, needs Saturday or Sunday.',
  },
  { rule: 'dach', name: 'German speakers', matched: false, because: 'language is English, needs German.' },
  { rule: 'large', name: 'Large companies', matched: true, because: 'employees is 1,200, at least 1,000.' },
];

const entry = (at: string, kind: string, text: string, rep: NamedRef | null = null): StoryEntry => ({
  at: `2026-11-24T${at}.000Z`,
  kind,
  text,
  rep,
});

export const story: readonly StoryEntry[] = [
  entry('14:55:10', 'offered', 'Offered to Jo Brandt.', JO),
  entry('14:58:30', 'declined', 'Jo Brandt declined: not my area.', JO),
  entry('14:58:31', 'offered', 'Offered to Dana Whitfield.', DANA),
  entry('15:00:00', 'claimed', 'Dana Whitfield claimed it.', DANA),
  entry('15:00:02', 'owner_written', 'The CRM shows the owner.', DANA),
];

export const WAITS = entry('15:00:00', 'waiting', 'Waits: nobody can take it now.');
export const QUEUED = entry('15:00:00', 'queued', 'Put into the queue Inbound holding.');
export const LOGGED = entry('15:00:00', 'closed', 'Closed: decided for the log only.');
export const CLOSED = entry('15:02:40', 'closed', 'Closed: it is no longer open work in the CRM.');
