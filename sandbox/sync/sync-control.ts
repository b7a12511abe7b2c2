import express, { Router } from 'express';
import { z } from 'zod';
import type { CrmSync } from './create-crm-sync.ts';

const wanted = z.object({
  on: z.boolean().default(true),
  /** Milliseconds between rounds; null: only when asked. */
  everyMs: z.number().positive().nullable().default(null),
  createLeads: z.boolean().exactOptional(),
  createContacts: z.boolean().exactOptional(),
  /** Of the records that are alone, how many get one on the other side. */
  share: z.number().min(0).max(1).exactOptional(),
});

/** Switches HubSpot's sync with Salesforce, and runs a round. */
export const createSyncControl = (sync: CrmSync): Router => {
  const router = Router();
  router.use(express.json());
  router.post('/', (req, res) => {
    const parsed = wanted.safeParse(req.body ?? {});
    if (!parsed.success) return void res.status(400).json({ error: z.prettifyError(parsed.error) });
    const { on, everyMs, ...settings } = parsed.data;
    sync.set(settings);
    if (on) sync.start(everyMs);
    else sync.stop();
    res.json({});
  });
  router.post('/now', (_req, res) => res.json(sync.syncNow()));
  return router;
};
