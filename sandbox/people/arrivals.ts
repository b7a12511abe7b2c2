import type { HubSpotSandbox } from '../hubspot/create-hubspot.ts';
import type { Scheduler } from '../scheduler.ts';
import { createLeadGenerator, type GeneratedLead, type LeadWords } from './lead-generator.ts';

interface ArrivalDeps {
  readonly hubspot: HubSpotSandbox;
  readonly scheduler: Scheduler;
  readonly words: LeadWords;
  readonly random: () => number;
}

/** The first lead comes soon, so that somebody who just started everything sees one. */
const FIRST_MS = 1500;
const SHORTEST_MS = 400;
const LONGEST_MS = 45_000;

/** Visitors of the sample company's website: leads at an irregular, gentle pace. */
export const createArrivals = ({ hubspot, scheduler, words, random }: ArrivalDeps) => {
  const next = createLeadGenerator(words, random);
  const companies = new Map<string, string>();
  let perMinute = 0;
  let calledOff = () => {};

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

  /** Nobody waits long for the next one, unless they asked for a slower pace. */
  const longest = (): number => Math.max(LONGEST_MS, 90_000 / perMinute);

  /** Exponential gaps, as visitors who do not know of each other make them. */
  const gap = (): number =>
    Math.min(Math.max((-Math.log(1 - random()) * 60_000) / perMinute, SHORTEST_MS), longest());

  const plan = (ms: number): void => {
    calledOff = scheduler.after(ms, () => {
      arrive();
      plan(gap());
    });
  };

  return {
    /** Sets the pace; 0 stops it. */
    setPace: (wanted: number): void => {
      calledOff();
      perMinute = wanted;
      if (perMinute > 0) plan(FIRST_MS);
    },
    /** One lead now. */
    arrive,
    pace: (): number => perMinute,
  };
};
