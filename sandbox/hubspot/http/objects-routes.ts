import type { Router } from 'express';
import { notFound, validationError } from '../errors.ts';
import type { ObjectTypeName } from '../object-types.ts';
import type { Portal } from '../portal.ts';
import { archiveRecord, mergeRecords, purgeRecord } from '../record-removal.ts';
import { findRecord, followMerge, updateRecord } from '../records.ts';
import type { StoredRecord } from '../types.ts';
import { requireScope } from './authenticate.ts';
import { bodyOf, namesOf, propertiesOf } from './body.ts';
import { apiSource, callerOf } from './context.ts';
import { createWithAssociations } from './create-with-associations.ts';
import { readScope, typeOf, writeScope } from './object-type-of.ts';
import { associationsView, recordView } from './views.ts';

const live = (
  portal: Portal,
  type: ObjectTypeName,
  id: string,
  idProperty: unknown,
  archived = false,
): StoredRecord => {
  const found = findRecord(portal, type, id, idProperty === undefined ? undefined : String(idProperty));
  const record = found && followMerge(portal, type, found);
  if (!record || (record.archivedAt !== null) !== archived) throw notFound();
  return record;
};

const PAGE_MAX = 100;

/** Single-record endpoints: list, create, read, update, archive, merge, GDPR delete. */
export const objectsRoutes = (router: Router): void => {
  const base = '/crm/objects/2026-03/:objectType';

  router.get(base, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, readScope(type));
    const { portal } = callerOf(req);
    const limit = Math.min(Number(req.query.limit ?? 10), PAGE_MAX);
    const after = req.query.after === undefined ? 0 : Number(req.query.after);
    const all = [...portal.records[type].values()].filter(
      (record) => record.archivedAt === null && Number(record.id) > after,
    );
    const page = all.slice(0, limit);
    const wanted = {
      properties: namesOf(req.query.properties),
      history: namesOf(req.query.propertiesWithHistory),
    };
    const results = page.map((record) => ({
      ...recordView(portal, type, record, wanted),
      ...associationsView(portal, type, record, namesOf(req.query.associations)),
    }));
    res.json({ results, ...(all.length > limit ? { paging: { next: { after: page.at(-1)?.id } } } : {}) });
  });

  router.post(base, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, writeScope(type));
    const caller = callerOf(req);
    const body = bodyOf(req, ['properties']);
    const record = createWithAssociations(caller.portal, type, body, apiSource(caller));
    res
      .status(201)
      .json(
        recordView(caller.portal, type, record, { properties: Object.keys(propertiesOf(body)), history: [] }),
      );
  });

  router.post(`${base}/merge`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, writeScope(type));
    const caller = callerOf(req);
    const body = bodyOf(req, ['primaryObjectId', 'objectIdToMerge']);
    const primary = live(caller.portal, type, String(body.primaryObjectId), undefined);
    const other = live(caller.portal, type, String(body.objectIdToMerge), undefined);
    if (primary === other) throw validationError('Cannot merge an object with itself');
    const merged = mergeRecords(caller.portal, type, { primary, other }, apiSource(caller));
    res.json(recordView(caller.portal, type, merged, { properties: [], history: [] }));
  });

  router.post(`${base}/gdpr-delete`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, writeScope(type));
    const caller = callerOf(req);
    const body = bodyOf(req, ['objectId']);
    purgeRecord(
      caller.portal,
      type,
      live(caller.portal, type, String(body.objectId), body.idProperty),
      apiSource(caller),
    );
    res.status(204).end();
  });

  router.get(`${base}/:objectId`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, readScope(type));
    const { portal } = callerOf(req);
    const record = live(
      portal,
      type,
      req.params.objectId,
      req.query.idProperty,
      req.query.archived === 'true',
    );
    res.json({
      ...recordView(portal, type, record, {
        properties: namesOf(req.query.properties),
        history: namesOf(req.query.propertiesWithHistory),
      }),
      ...associationsView(portal, type, record, namesOf(req.query.associations)),
    });
  });

  router.patch(`${base}/:objectId`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, writeScope(type));
    const caller = callerOf(req);
    const values = propertiesOf(bodyOf(req, ['properties']));
    const record = live(caller.portal, type, req.params.objectId, req.query.idProperty);
    updateRecord(caller.portal, type, record, values, apiSource(caller));
    res.json(recordView(caller.portal, type, record, { properties: Object.keys(values), history: [] }));
  });

  router.delete(`${base}/:objectId`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, writeScope(type));
    const caller = callerOf(req);
    const record = caller.portal.records[type].get(req.params.objectId);
    if (record) archiveRecord(caller.portal, type, record, apiSource(caller));
    res.status(204).end();
  });
};
