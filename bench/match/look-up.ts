import { createMatcher } from '../../server/routing/match/matcher.ts';
import { readProfile } from '../../server/routing/match/profile.ts';

const FIRST = [
  'Global',
  'North',
  'Blue',
  'Alpine',
  'Harbour',
  'Cedar',
  'Summit',
  'Iron',
  'Silver',
  'Prime',
] as const;
const SECOND = ['Logistics', 'Foods', 'Systems', 'Energy', 'Partners', 'Textiles', 'Labs', 'Media'] as const;
const FORMS = ['Inc.', 'GmbH', 'Ltd', 'S.A.', ''] as const;

/** Milliseconds to measure for. */
const BUDGET = 400;

/** Microseconds that one look-up takes among so many accounts: the best of many batches, as others share the machine. */
export const lookUpTime = (accounts: number): number => {
  const given = Array.from({ length: accounts }, (_, i) => ({
    name: `${FIRST[i % 10]} ${SECOND[i % 8]} ${i.toString(36)} ${FORMS[i % 5]}`,
    websites: [`https://www.company-${i.toString(36)}.com`],
  }));
  const { match } = createMatcher(
    given.map((one, i) => ({ id: `a${i}`, profile: readProfile(one) })),
    'company',
  );
  const asked = Array.from({ length: 100 }, (_, i) => readProfile(given[(i * 7919) % accounts]!));
  let best = Number.POSITIVE_INFINITY;
  const until = performance.now() + BUDGET;
  while (performance.now() < until) {
    const from = performance.now();
    for (const profile of asked) match(profile);
    best = Math.min(best, (performance.now() - from) / asked.length);
  }
  return best * 1000;
};
