import type { SalesforceSandbox } from '../salesforce/create-salesforce.ts';
import type { Scheduler } from '../scheduler.ts';
import { createLeadGenerator, type GeneratedLead, type LeadWords } from './lead-generator.ts';
import { createPace } from './pace.ts';

interface ArrivalDeps {
  readonly salesforce: SalesforceSandbox;
  readonly scheduler: Scheduler;
  /** null: visitors have nothing but a number for a name. */
  readonly words: LeadWords | null;
  readonly random: () => number;
}

const SOURCES: Readonly<Record<string, string>> = {
  REFERRALS: 'Partner Referral',
  DIRECT_TRAFFIC: 'Phone Inquiry',
};

/** A visitor as web-to-lead writes one. Company and last name must be there, so what is missing says so. */
const leadValues = ({
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

/** Visitors who become leads in the Salesforce org. */
export const createSalesforceArrivals = ({ salesforce, scheduler, words, random }: ArrivalDeps) => {
  const next = words && createLeadGenerator(words, random);
  let count = 0;

  const nextValues = () => {
    count++;
    return next ? leadValues(next()) : { LastName: `Visitor ${count}`, Company: '[not provided]' };
  };

  /** One lead now; its id. */
  const arrive = (domain?: string): string =>
    salesforce.create({ ...(domain === undefined ? {} : { domain }), values: nextValues() }).Id;

  const pace = createPace({ scheduler, random, arrive: () => void arrive() });
  return { setPace: pace.set, arrive, pace: pace.perMinute };
};
