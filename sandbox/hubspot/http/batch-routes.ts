import type { Router } from 'express';
import { validationError } from '../errors.ts';
import type { ObjectTypeName } from '../object-types.ts';
import type { Portal } from '../portal.ts';
import { archiveRecord } from '../record-removal.ts';
import { checkValues, findRecord, updateRecord } from '../records.ts';
import type { StoredRecord } from '../types.ts';
import { requireScope } from './authenticate.ts';
import { bodyOf, inputsOf, type Json, namesOf, propertiesOf } from './body.ts';
import { type ApiContext, apiSource, callerOf } from './context.ts';
import { createWithAssociations } from './create-with-associations.ts';
import { readScope, typeOf, writeScope } from './object-type-of.ts';
import { eachInput, missingIds, sendBatch } from './send-batch.ts';
import { recordView } from './views.ts';

const BATCH_MAX = 100;

const refuseDuplicates = (ids: readonly string[]) => {
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (twice.length > 0) {
    throw validationError(
      `Duplicate IDs found in batch input: [${[...new Set(twice)].join(', ')}]. IDs must be unique`,
    );
  }
};

/** Errors are told one by one only where every input carries a trace id; otherwise the first refuses the whole batch. */
const isTraced = (inputs: readonly Json[]): boolean =>
  inputs.every((input) => typeof input.objectWriteTraceId === 'string');

const trace = (input: Json) =>
  typeof input.objectWriteTraceId === 'string' ? { objectWriteTraceId: input.objectWriteTraceId } : {};

const findInput = (portal: Portal, type: ObjectTypeName, input: Json): StoredRecord | undefined => {
  const record = findRecord(
    portal,
    type,
    String(input.id),
    input.idProperty === undefined ? undefined : String(input.idProperty),
  );
  return record?.archivedAt === null ? record : undefined;
};

/** Batch endpoints: read, create, update, upsert, archive; 100 inputs at most. */
export const batchRoutes = (router: Router, context: ApiContext): void => {
  const base = '/crm/objects/2026-03/:objectType/batch';

  router.post(`${base}/read`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, readScope(type));
    const { portal } = callerOf(req);
    const body = bodyOf(req, ['inputs']);
    const inputs = inputsOf(body, BATCH_MAX, ['id']);
    context.stats.countInputs(inputs.length);
    const archived = req.query.archived === 'true';
    const wanted = { properties: namesOf(body.properties), history: namesOf(body.propertiesWithHistory) };
    const idProperty =
      body.idProperty === undefined || body.idProperty === null ? undefined : String(body.idProperty);
    const missing: string[] = [];
    const results: unknown[] = [];
    for (const id of new Set(inputs.map((input) => String(input.id)))) {
      const record = findRecord(portal, type, id, idProperty);
      if (!record || (record.archivedAt !== null) !== archived) missing.push(id);
      else results.push(recordView(portal, type, record, wanted));
    }
    sendBatch(res, 200, context.now(), results, missingIds(type, missing));
  });

  router.post(`${base}/create`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, writeScope(type));
    const caller = callerOf(req);
    const inputs = inputsOf(bodyOf(req, ['inputs']), BATCH_MAX, ['properties']);
    context.stats.countInputs(inputs.length);
    const multiStatus = isTraced(inputs);
    if (!multiStatus) for (const input of inputs) checkValues(caller.portal, type, propertiesOf(input), null);
    const { results, errors } = eachInput(inputs, multiStatus, (input) => {
      const record = createWithAssociations(caller.portal, type, input, apiSource(caller));
      const properties = Object.keys(propertiesOf(input));
      return { ...recordView(caller.portal, type, record, { properties, history: [] }), ...trace(input) };
    });
    sendBatch(res, 201, context.now(), results, errors);
  });

  router.post(`${base}/update`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, writeScope(type));
    const caller = callerOf(req);
    const inputs = inputsOf(bodyOf(req, ['inputs']), BATCH_MAX, ['id', 'properties']);
    context.stats.countInputs(inputs.length);
    refuseDuplicates(inputs.map((input) => String(input.id)));
    const found = inputs.map((input) => ({ input, record: findInput(caller.portal, type, input) }));
    const missing = found.filter(({ record }) => !record).map(({ input }) => String(input.id));
    const there = found.flatMap(({ input, record }) => (record ? [{ input, record }] : []));
    const multiStatus = isTraced(inputs);
    if (!multiStatus)
      for (const { input, record } of there) checkValues(caller.portal, type, propertiesOf(input), record.id);
    const records = new Map(there.map(({ input, record }) => [input, record]));
    const { results, errors } = eachInput([...records.keys()], multiStatus, (input) => {
      const record = records.get(input) as StoredRecord;
      const values = propertiesOf(input);
      updateRecord(caller.portal, type, record, values, apiSource(caller));
      return {
        ...recordView(caller.portal, type, record, { properties: Object.keys(values), history: [] }),
        ...trace(input),
      };
    });
    sendBatch(res, 200, context.now(), results, [...errors, ...missingIds(type, missing)]);
  });

  router.post(`${base}/upsert`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, writeScope(type));
    const caller = callerOf(req);
    const inputs = inputsOf(bodyOf(req, ['inputs']), BATCH_MAX, ['id', 'properties']);
    context.stats.countInputs(inputs.length);
    refuseDuplicates(inputs.map((input) => String(input.id)));
    const { results, errors } = eachInput(inputs, true, (input) => {
      const existing = findInput(caller.portal, type, { ...input, idProperty: input.idProperty ?? '' });
      const values = { ...propertiesOf(input), [String(input.idProperty)]: input.id };
      if (existing) updateRecord(caller.portal, type, existing, values, apiSource(caller));
      const record =
        existing ?? createWithAssociations(caller.portal, type, { properties: values }, apiSource(caller));
      const view = recordView(caller.portal, type, record, { properties: Object.keys(values), history: [] });
      return { ...view, new: !existing, ...trace(input) };
    });
    sendBatch(res, 200, context.now(), results, errors);
  });

  router.post(`${base}/archive`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, writeScope(type));
    const caller = callerOf(req);
    for (const input of inputsOf(bodyOf(req, ['inputs']), BATCH_MAX, ['id'])) {
      const record = caller.portal.records[type].get(String(input.id));
      if (record) archiveRecord(caller.portal, type, record, apiSource(caller));
    }
    res.status(204).end();
  });
};
