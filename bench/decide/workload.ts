/** What is decided in this bench: 20 reps in one pool, so 20 candidates a decision, behind 60 rules. */
export const REPS = 20;
export const REP_IDS = Array.from({ length: REPS }, (_, index) => `rep-${index}`);

const COUNTRIES = ['US', 'GB', 'DE', 'FR', 'IN', 'AU', 'BR', 'JP', 'PL', 'NL'];

const rules = Array.from({ length: 60 }, (_, index) => ({
  id: `r${index}`,
  name: `Rule ${index}`,
  when: {
    all: [
      { field: 'country', op: 'eq', value: COUNTRIES[index % COUNTRIES.length]! },
      { field: 'employees', op: 'between', value: [index * 100, index * 100 + 99] },
    ],
  },
  then: [{ pool: 'all' }],
}));

export const POLICY = {
  fairlead: 1,
  name: 'Bench',
  timezone: 'America/New_York',
  fields: {
    country: { type: 'country', hubspot: 'contact.country' },
    employees: { type: 'number', hubspot: 'contact.numemployees' },
    stage: { type: 'text', hubspot: 'contact.lifecyclestage' },
  },
  pools: [
    { id: 'all', name: 'All', members: [{ team: 'all' }], method: 'round_robin', availability: 'ignore' },
  ],
  rules,
  fallback: [{ pool: 'all' }],
};

/** A payload with all that the policy reads, and what people are shown. */
export const PAYLOAD: Readonly<Record<string, string | null>> = {
  country: 'Germany',
  numemployees: '1250',
  lifecyclestage: 'lead',
  hubspot_owner_id: null,
  firstname: 'Marta',
  lastname: 'Kowalczyk',
  email: 'marta.kowalczyk@example.org',
  phone: '+49 30 5550142',
  company: 'Northwind Freight',
  message: 'Could you call me today?',
  hs_latest_source: 'ORGANIC_SEARCH',
};
