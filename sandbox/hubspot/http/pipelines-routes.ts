import type { Router } from 'express';
import { notFound } from '../errors.ts';
import type { ObjectTypeName } from '../object-types.ts';
import { requireScope } from './authenticate.ts';
import { callerOf } from './context.ts';
import { readScope, typeOf } from './object-type-of.ts';

/** id, label, whether records there are closed. Stage ids of leads are not documented: they stand here alone. */
const STAGES: Readonly<Partial<Record<ObjectTypeName, readonly (readonly [string, string, boolean])[]>>> = {
  leads: [
    ['new-stage-id', 'New', false],
    ['attempting-stage-id', 'Attempting', false],
    ['connected-stage-id', 'Connected', false],
    ['qualified-stage-id', 'Qualified', true],
    ['unqualified-stage-id', 'Unqualified', true],
  ],
  deals: [
    ['appointmentscheduled', 'Appointment scheduled', false],
    ['qualifiedtobuy', 'Qualified to buy', false],
    ['presentationscheduled', 'Presentation scheduled', false],
    ['decisionmakerboughtin', 'Decision maker bought in', false],
    ['contractsent', 'Contract sent', false],
    ['closedwon', 'Closed won', true],
    ['closedlost', 'Closed lost', true],
  ],
};

const EPOCH = new Date(0).toISOString();

const pipelineView = (type: ObjectTypeName) => ({
  id: type === 'leads' ? 'lead-pipeline-id' : 'default',
  label: type === 'leads' ? 'Lead pipeline' : 'Sales pipeline',
  displayOrder: 0,
  archived: false,
  createdAt: EPOCH,
  updatedAt: EPOCH,
  stages: (STAGES[type] ?? []).map(([id, label, closed], displayOrder) => ({
    id,
    label,
    displayOrder,
    archived: false,
    createdAt: EPOCH,
    updatedAt: EPOCH,
    metadata: { isClosed: String(closed) },
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
  })),
});

/** Pipelines of leads and deals; other types have none. */
export const pipelinesRoutes = (router: Router): void => {
  router.get('/crm/pipelines/2026-03/:objectType', (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, readScope(type));
    callerOf(req);
    res.json({ results: STAGES[type] ? [pipelineView(type)] : [] });
  });

  router.get('/crm/pipelines/2026-03/:objectType/:pipelineId', (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, readScope(type));
    const pipeline = pipelineView(type);
    if (!STAGES[type] || pipeline.id !== req.params.pipelineId) throw notFound();
    res.json(pipeline);
  });
};
