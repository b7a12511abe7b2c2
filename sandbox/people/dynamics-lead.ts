import type { GeneratedLead } from './lead-generator.ts';

/** Numbers of the choice `leadsourcecode`. */
const SOURCES: Readonly<Record<string, number>> = { PAID_SEARCH: 1, PAID_SOCIAL: 1, REFERRALS: 3 };
const WEB = 8;

/** A visitor as a form of Dynamics 365 writes one. */
export const dynamicsLead = ({
  contact,
  company,
}: GeneratedLead): Readonly<Record<string, string | number | null>> => ({
  subject: 'Website form',
  firstname: contact.firstname ?? null,
  lastname: contact.lastname || '[not provided]',
  companyname: contact.company ?? company?.name ?? null,
  emailaddress1: contact.email ?? null,
  telephone1: contact.phone ?? null,
  jobtitle: contact.jobtitle ?? null,
  address1_country: contact.country ?? null,
  address1_stateorprovince: contact.state ?? null,
  numberofemployees: company ? Number(company.numberofemployees) : null,
  leadsourcecode: SOURCES[contact.hs_latest_source ?? ''] ?? WEB,
  description: contact.message ?? null,
});
