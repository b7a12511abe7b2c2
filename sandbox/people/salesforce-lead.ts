import type { GeneratedLead } from './lead-generator.ts';

const SOURCES: Readonly<Record<string, string>> = {
  REFERRALS: 'Partner Referral',
  DIRECT_TRAFFIC: 'Phone Inquiry',
};

/** A visitor as web-to-lead writes one. Company and last name must be there, so what is missing says so. */
export const salesforceLead = ({
  contact,
  company,
}: GeneratedLead): Readonly<Record<string, string | number | null>> => ({
  FirstName: contact.firstname ?? null,
  LastName: contact.lastname || '[not provided]',
  Company: contact.company ?? company?.name ?? '[not provided]',
  Email: contact.email ?? null,
  Phone: contact.phone ?? null,
  Title: contact.jobtitle ?? null,
  Country: contact.country ?? null,
  State: contact.state ?? null,
  Language__c: contact.hs_language ?? null,
  Industry: company?.industry ?? null,
  NumberOfEmployees: company ? Number(company.numberofemployees) : null,
  LeadSource: SOURCES[contact.hs_latest_source ?? ''] ?? 'Web',
  Description: contact.message ?? null,
});
