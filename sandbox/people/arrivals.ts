import type { HubSpotSandbox } from '../hubspot/create-hubspot.ts';
import type { Scheduler } from '../scheduler.ts';
import type { GeneratedLead } from './lead-generator.ts';
import { createPace } from './pace.ts';

interface ArrivalDeps {
  readonly hubspot: HubSpotSandbox;
  readonly scheduler: Scheduler;
  /** The next visitor. */
  readonly next: () => GeneratedLead;
  readonly random: () => number;
}

/** Visitors of the sample company's website, who become contacts in HubSpot. */
export const createArrivals = ({ hubspot, scheduler, next, random }: ArrivalDeps) => {
  const companies = new Map<string, string>();

  const companyOf = (lead: GeneratedLead): string | null => {
    if (!lead.company) return null;
    const domain = lead.company.domain ?? '';
    const known =
      companies.get(domain) ??
      [...hubspot.portal().records.companies.values()].find((one) => one.properties.domain === domain)?.id;
    const id = known ?? hubspot.create({ objectType: 'companies', properties: lead.company }).id;
    companies.set(domain, id);
    return id;
  };

  const arrive = (): void => {
    const lead = next();
    if (hubspot.portal().unique.has(`contacts/email/${lead.contact.email}`)) return;
    const company = companyOf(lead);
    const associations = company === null ? [] : [{ objectType: 'companies', id: company }];
    hubspot.create({ objectType: 'contacts', properties: lead.contact, associations });
  };

  const pace = createPace({ scheduler, random, arrive });
  return {
    setPace: pace.set,
    /** One lead now. */
    arrive,
    pace: pace.perMinute,
  };
};
