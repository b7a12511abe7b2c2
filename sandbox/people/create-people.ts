import express, { Router } from 'express';
import { z } from 'zod';
import type { HubSpotSandbox } from '../hubspot/create-hubspot.ts';
import type { Scheduler } from '../scheduler.ts';
import type { SlackState } from '../slack/model.ts';
import { createArrivals } from './arrivals.ts';
import { createCrmPeople } from './crm-people.ts';
import type { LeadWords } from './lead-generator.ts';
import { createSlackPeople } from './slack-people.ts';

interface PeopleDeps {
  readonly hubspot: HubSpotSandbox;
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
  /** Whether simulated reps answer in Slack and work in the CRM. */
  present: z.boolean().exactOptional(),
});
type PeopleChange = z.infer<typeof change>;

/** Everybody who is simulated: visitors who become leads, and reps who answer. Nobody is there until told. */
export const createPeople = ({ hubspot, slackState, baseUrl, scheduler, random, words }: PeopleDeps) => {
  const arrivals = words && createArrivals({ hubspot, scheduler, words, random });
  const slackPeople = createSlackPeople({ baseUrl, state: slackState, scheduler, random });
  const crmPeople = createCrmPeople({ hubspot, scheduler, random });
  let present = false;

  const set = (wanted: PeopleChange): void => {
    if (wanted.arrivalsPerMinute !== undefined) arrivals?.setPace(wanted.arrivalsPerMinute);
    if (wanted.present === undefined || wanted.present === present) return;
    present = wanted.present;
    slackPeople.setPresent(present);
    crmPeople.setPresent(present);
  };

  const view = () => ({ arrivalsPerMinute: arrivals?.pace() ?? 0, present });
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
  return { control, set };
};

export type People = ReturnType<typeof createPeople>;
