import type { Router } from 'express';
import { notFound, validationError } from '../errors.ts';
import { requireScope } from './authenticate.ts';
import { bodyOf, inputsOf, type Json } from './body.ts';
import { type ApiContext, callerOf } from './context.ts';

/** Output fields of a completion. The state must be a final one. Throws HubSpotError 400. */
const outputFieldsOf = (input: Json): Readonly<Record<string, string>> => {
  const fields = input.outputFields;
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw validationError('Invalid input JSON: outputFields must be an object');
  }
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== 'string')
      throw validationError(`Invalid input JSON: outputFields.${name} must be a string`);
  }
  const state = (fields as Readonly<Record<string, string>>).hs_execution_state;
  if (state !== 'SUCCESS' && state !== 'FAIL_CONTINUE') {
    throw validationError(`hs_execution_state must be SUCCESS or FAIL_CONTINUE, not ${String(state)}`);
  }
  return fields as Readonly<Record<string, string>>;
};

/** Completion of blocked workflow actions, one or many; 404 for one that is not (or not yet, or no longer) blocked. */
export const callbacksRoutes = (router: Router, { workflows }: ApiContext): void => {
  const base = '/automation/actions/callbacks/2026-03';

  router.post(`${base}/:callbackId/complete`, (req, res) => {
    requireScope(req, 'automation');
    const fields = outputFieldsOf(bodyOf(req, ['outputFields', 'typedOutputs']));
    if (!workflows.complete(callerOf(req).portal.id, req.params.callbackId, fields))
      throw notFound('Unknown callback id');
    res.status(204).end();
  });

  router.post(`${base}/complete`, (req, res) => {
    requireScope(req, 'automation');
    const { portal } = callerOf(req);
    const inputs = inputsOf(bodyOf(req, ['inputs']), 100, ['callbackId', 'outputFields', 'typedOutputs']);
    const completions = inputs.map((input) => ({
      callbackId: String(input.callbackId),
      fields: outputFieldsOf(input),
    }));
    const unknown = completions.filter(({ callbackId }) => !workflows.isBlocked(portal.id, callbackId));
    if (unknown.length > 0)
      throw notFound(`Unknown callback ids: ${unknown.map(({ callbackId }) => callbackId).join(', ')}`);
    for (const { callbackId, fields } of completions) workflows.complete(portal.id, callbackId, fields);
    res.status(204).end();
  });
};
