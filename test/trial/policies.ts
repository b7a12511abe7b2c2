const FIELDS = {
  country: { type: 'country', hubspot: 'contact.country', salesforce: 'Lead.Country' },
  employees: { type: 'number', hubspot: 'contact.numemployees', salesforce: 'Lead.NumberOfEmployees' },
  stage: { type: 'text', hubspot: 'contact.lifecyclestage', salesforce: 'Lead.Status' },
};

const EVERYBODY = {
  id: 'all',
  name: 'Everybody',
  members: [{ team: 'all' }],
  method: 'round_robin',
  availability: 'ignore',
};

/** Everything goes to one fair pool, at any hour. */
export const ALL_DAY = {
  fairlead: 1,
  name: 'All day',
  timezone: 'America/New_York',
  fields: FIELDS,
  pools: [EVERYBODY],
  rules: [
    {
      id: 'us',
      name: 'United States',
      when: { field: 'country', op: 'eq', value: 'US' },
      then: [{ pool: 'all' }],
    },
  ],
  fallback: [{ pool: 'all' }],
};

/** Leads from Germany are offered to one rep, those from France broadcast; all others assigned. */
export const WITH_OFFERS = {
  ...ALL_DAY,
  name: 'With offers',
  rules: [
    {
      id: 'de',
      name: 'Germany',
      when: { field: 'country', op: 'eq', value: 'DE' },
      then: [{ pool: 'all', give: 'offer', claimWithin: 'PT1H', clock: 'elapsed' }],
    },
    {
      id: 'fr',
      name: 'France',
      when: { field: 'country', op: 'eq', value: 'FR' },
      then: [{ pool: 'all', give: 'broadcast', claimWithin: 'PT1H', clock: 'elapsed' }],
    },
  ],
};
