import type { GeneratedLead } from './lead-generator.ts';

/** A visitor as a web form of Pipedrive writes one: a lead, its person and its organization. */
export const pipedriveLead = ({ contact, company }: GeneratedLead) => {
  const name = [contact.firstname, contact.lastname].filter(Boolean).join(' ') || '[not provided]';
  const organization = contact.company ?? company?.name;
  return {
    title: `${organization ?? name} lead`,
    ...(contact.hs_latest_source && { channel_id: contact.hs_latest_source }),
    person: {
      name,
      ...(contact.email && { emails: [{ value: contact.email, primary: true }] }),
      ...(contact.phone && { phones: [{ value: contact.phone, primary: true }] }),
      ...(contact.jobtitle && { job_title: contact.jobtitle }),
    },
    ...(organization && {
      organization: {
        name: organization,
        ...(company && { employee_count: Number(company.numberofemployees) }),
        ...(contact.country && { address: { value: contact.country, country: contact.country } }),
      },
    }),
  };
};
