import express, { Router } from 'express';
import { z } from 'zod';
import type { HubSpotSandbox } from '../hubspot/create-hubspot.ts';
import type { SalesforceSandbox } from '../salesforce/create-salesforce.ts';
import type { Scheduler } from '../scheduler.ts';
import type { SlackState } from '../slack/model.ts';
import { createArrivals } from './arrivals.ts';
import { createCrmPeople } from './crm-people.ts';
import type { LeadWords } from './lead-generator.ts';
import { createSalesforceArrivals } from './salesforce-arrivals.ts';
import { createSalesforceCrmPeople } from './salesforce-crm-people.ts';
import { createSlackPeople } from './slack-people.ts';

interface PeopleDeps {
  readonly hubspot: HubSpotSandbox;
  readonly salesforce: SalesforceSandbox;
  readonly slackState: () => SlackState;
  readonly baseUrl: () => string;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  /** null: nobody can arrive. */
  readonly words: LeadWords | null;
}

const change = z.object({
  /** Leads a minute on average; 0 stops them. */
  arrivalsPerMinute: z.number().min(0).max(6000).exactOptional(),
  /** The same for the Salesforce org. */
  salesforcePerMinute: z.number().min(0).max(6000).exactOptional(),
  /** Whether simulated reps answer in Slack and work in the CRM. */
  present: z.boolean().exactOptional(),
});
type PeopleChange = z.infer<typeof change>;

/** Everybody who is simulated: visitors who become leads, and reps who answer. Nobody is there until told. */
export const createPeople = (deps: PeopleDeps) => {
  const { hubspot, salesforce, slackState, baseUrl, scheduler, random, words } = deps;
  const arrivals = words && createArrivals({ hubspot, scheduler, words, random });
  const salesforceArrivals = createSalesforceArrivals({ salesforce, scheduler, words, random });
  const slackPeople = createSlackPeople({ baseUrl, state: slackState, scheduler, random });
  const crmPeople = createCrmPeople({ hubspot, scheduler, random });
  const orgPeople = createSalesforceCrmPeople({ salesforce, scheduler, random });
  let present = false;

  const set = (wanted: PeopleChange): void => {
    if (wanted.arrivalsPerMinute !== undefined) arrivals?.setPace(wanted.arrivalsPerMinute);
    if (wanted.salesforcePerMinute !== undefined && salesforce.orgs().length > 0)
      salesforceArrivals.setPace(wanted.salesforcePerMinute);
    if (wanted.present === undefined || wanted.present === present) return;
    present = wanted.present;
    slackPeople.setPresent(present);
    crmPeople.setPresent(present);
    orgPeople.setPresent(present);
  };

  const view = () => ({
    arrivalsPerMinute: arrivals?.pace() ?? 0,
    salesforcePerMinute: salesforceArrivals.pace(),
    present,
  });
  const control = Router();
  control.use(express.json());
  control.get('/', (_req, res) => res.json(view()));
  control.post('/', (req, res) => {
    const parsed = change.safeParse(req.body);
    if (!parsed.success) return void res.status(400).json({ error: z.prettifyError(parsed.error) });
    set(parsed.data);
    res.json(view());
  });
  control.post('/arrive', (_req, res) => {
    arrivals?.arrive();
    res.json({ ok: arrivals !== null });
  });
  return {
    control,
    set,
    /** A visitor becomes a lead in the Salesforce org (the first, unless one is named); its id. */
    arriveInSalesforce: salesforceArrivals.arrive,
  };
};

export type People = ReturnType<typeof createPeople>;
