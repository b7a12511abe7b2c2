/** What the start tells people to send, as the body of `POST /api/v1/leads`: a lead that the sample company's policy takes in. */
export const EXAMPLE_LEAD = {
  fields: { country: 'US', employees: 2400, stage: 'lead' },
  person: { name: 'Robin Hale', company: 'Northwind' },
};
