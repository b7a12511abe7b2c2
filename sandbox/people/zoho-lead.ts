import type { GeneratedLead } from './lead-generator.ts';

const SOURCES: Readonly<Record<string, string>> = {
  PAID_SEARCH: 'Advertisement',
  PAID_SOCIAL: 'Advertisement',
  REFERRALS: 'External Referral',
};

/** A visitor as a web form of Zoho CRM writes one. */
export const zohoLead = ({
  contact,
  company,
}: GeneratedLead): Readonly<Record<string, string | number | null>> => ({
  First_Name: contact.firstname ?? null,
  Last_Name: contact.lastname || '[not provided]',
  Company: contact.company ?? company?.name ?? null,
  Email: contact.email ?? null,
  Phone: contact.phone ?? null,
  Designation: contact.jobtitle ?? null,
  Country: contact.country ?? null,
  State: contact.state ?? null,
  Language: contact.hs_language ?? null,
  Industry: company?.industry ?? null,
  No_of_Employees: company ? Number(company.numberofemployees) : null,
  Lead_Source: SOURCES[contact.hs_latest_source ?? ''] ?? 'Web Research',
  Lead_Status: 'Not Contacted',
  Description: contact.message ?? null,
});
