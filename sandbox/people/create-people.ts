import express, { Router } from 'express';
import { z } from 'zod';
import type { DynamicsSandbox } from '../dynamics/create-dynamics.ts';
import type { HubSpotSandbox } from '../hubspot/create-hubspot.ts';
import type { PipedriveSandbox } from '../pipedrive/create-pipedrive.ts';
import type { SalesforceSandbox } from '../salesforce/create-salesforce.ts';
import type { Scheduler } from '../scheduler.ts';
import type { SlackState } from '../slack/model.ts';
import type { ZohoSandbox } from '../zoho/create-zoho.ts';
import { createArrivals } from './arrivals.ts';
import { createCrmPeople } from './crm-people.ts';
import { createCrmWork } from './crm-work.ts';
import { dynamicsLead } from './dynamics-lead.ts';
import { dynamicsWork } from './dynamics-work.ts';
import { createLeadGenerator, type GeneratedLead, type LeadWords } from './lead-generator.ts';
import { pipedriveLead } from './pipedrive-lead.ts';
import { pipedriveWork } from './pipedrive-work.ts';
import { salesforceLead } from './salesforce-lead.ts';
import { salesforceWork } from './salesforce-work.ts';
import { createSlackPeople } from './slack-people.ts';
import { createVisitors } from './visitors.ts';
import { zohoLead } from './zoho-lead.ts';
import { zohoWork } from './zoho-work.ts';

interface PeopleDeps {
  readonly hubspot: HubSpotSandbox;
  readonly salesforce: SalesforceSandbox;
  readonly dynamics: DynamicsSandbox;
  readonly zoho: ZohoSandbox;
  readonly pipedrive: PipedriveSandbox;
  readonly slackState: () => SlackState;
  readonly baseUrl: () => string;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  /** null: nobody can arrive. */
  readonly words: LeadWords | null;
}

const perMinute = z.number().min(0).max(6000).exactOptional();

const change = z.object({
  /** Leads a minute on average that come to HubSpot; 0 stops them. */
  arrivalsPerMinute: perMinute,
  /** The same for the other CRMs, where there is an account of theirs. */
  salesforcePerMinute: perMinute,
  dynamicsPerMinute: perMinute,
  zohoPerMinute: perMinute,
  pipedrivePerMinute: perMinute,
  /** Whether simulated reps answer in Slack and work in the CRM. */
  present: z.boolean().exactOptional(),
});
type PeopleChange = z.infer<typeof change>;

/** The CRMs beside HubSpot: whether somebody is there, how a visitor becomes a lead, what reps do with it. */
const othersOf = ({ hubspot, salesforce, dynamics, zoho, pipedrive }: PeopleDeps) => {
  const sells = (email: string): boolean =>
    [...hubspot.portal().owners.values()].some(
      (one) => one.email === email && one.teams.some(({ name }) => name === 'Sales'),
    );
  return {
    salesforce: {
      there: () => salesforce.orgs().length > 0,
      put: (lead: GeneratedLead) => salesforce.create({ values: salesforceLead(lead) }).Id,
      work: salesforceWork(salesforce),
    },
    dynamics: {
      there: () => dynamics.environments().length > 0,
      put: (lead: GeneratedLead) => dynamics.create({ values: dynamicsLead(lead) }).id,
      work: dynamicsWork(dynamics, sells),
    },
    zoho: {
      there: () => zoho.orgs().length > 0,
      put: (lead: GeneratedLead) => zoho.create({ values: zohoLead(lead) }).id,
      work: zohoWork(zoho, sells),
    },
    pipedrive: {
      there: () => pipedrive.accounts().length > 0,
      put: (lead: GeneratedLead) => String(pipedrive.create({ values: pipedriveLead(lead) }).id),
      work: pipedriveWork(pipedrive, sells),
    },
  };
};

const OTHERS = ['salesforce', 'dynamics', 'zoho', 'pipedrive'] as const;
type Other = (typeof OTHERS)[number];

/** Everybody who is simulated: visitors who become leads, and reps who answer. Nobody is there until told. */
export const createPeople = (deps: PeopleDeps) => {
  const { hubspot, slackState, baseUrl, scheduler, random, words } = deps;
  // One for all, so that nobody comes to two CRMs by chance.
  const next = words && createLeadGenerator(words, random);
  const arrivals = next && createArrivals({ hubspot, scheduler, next, random });
  const slackPeople = createSlackPeople({ baseUrl, state: slackState, scheduler, random });
  const crmPeople = createCrmPeople({ hubspot, scheduler, random });
  const others = othersOf(deps);
  const visitors = Object.fromEntries(
    OTHERS.map((crm) => [crm, createVisitors({ scheduler, next, random, put: others[crm].put })]),
  ) as Readonly<Record<Other, ReturnType<typeof createVisitors>>>;
  const reps = OTHERS.map((crm) => ({
    there: others[crm].there,
    ...createCrmWork(others[crm].work, { scheduler, random }),
  }));
  let present = false;

  const setPresent = (wanted: boolean): void => {
    if (wanted === present) return;
    present = wanted;
    slackPeople.setPresent(present);
    crmPeople.setPresent(present);
    for (const { there, setPresent: be } of reps) be(present && there());
  };

  const set = (wanted: PeopleChange): void => {
    if (wanted.arrivalsPerMinute !== undefined) arrivals?.setPace(wanted.arrivalsPerMinute);
    for (const crm of OTHERS) {
      const pace = wanted[`${crm}PerMinute`];
      if (pace !== undefined && others[crm].there()) visitors[crm].setPace(pace);
    }
    if (wanted.present !== undefined) setPresent(wanted.present);
  };

  const view = () => ({
    arrivalsPerMinute: arrivals?.pace() ?? 0,
    ...Object.fromEntries(OTHERS.map((crm) => [`${crm}PerMinute`, visitors[crm].pace()])),
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
    /** A visitor becomes a lead in that CRM, in the first account it has; its id. */
    arriveIn: (crm: Other): string => visitors[crm].arrive(),
    /** Nobody arrives any more, and nobody is at work. */
    stop: (): void => {
      arrivals?.setPace(0);
      for (const crm of OTHERS) visitors[crm].setPace(0);
      setPresent(false);
    },
  };
};

export type People = ReturnType<typeof createPeople>;
