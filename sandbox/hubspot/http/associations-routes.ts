import type { Router } from 'express';
import { associate, associated, associationTypes, noAssociations } from '../associations.ts';
import { notFound, validationError } from '../errors.ts';
import { OBJECT_TYPES } from '../object-types.ts';
import { requireScope } from './authenticate.ts';
import { bodyOf, inputsOf, type Json } from './body.ts';
import { type ApiContext, apiSource, callerOf } from './context.ts';
import { readScope, typeOf, writeScope } from './object-type-of.ts';
import { sendBatch } from './send-batch.ts';

const ASSOCIATION_READ_MAX = 1000;
const ASSOCIATION_CREATE_MAX = 2000;

const specsOf = (value: unknown): readonly number[] =>
  (Array.isArray(value) ? (value as readonly Json[]) : []).map((spec) => {
    if (spec.associationCategory !== 'HUBSPOT_DEFINED')
      throw validationError('Only HUBSPOT_DEFINED associations exist in this account');
    return Number(spec.associationTypeId);
  });

/** Associations v4: batch read, batch create, and PUT of the default association. */
export const associationsRoutes = (router: Router, context: ApiContext): void => {
  const base = '/crm/associations/2026-03/:fromObjectType/:toObjectType/batch';

  router.post(`${base}/read`, (req, res) => {
    const [from, to] = [
      typeOf(req.params.fromObjectType, callerOf(req).portal),
      typeOf(req.params.toObjectType, callerOf(req).portal),
    ];
    requireScope(req, readScope(from), readScope(to));
    const { portal } = callerOf(req);
    const inputs = inputsOf(bodyOf(req, ['inputs']), ASSOCIATION_READ_MAX, ['id']);
    const errors: unknown[] = [];
    const results = inputs.flatMap((input) => {
      const id = String(input.id);
      const others = associated(portal, from, id, to);
      if (others.length === 0) errors.push(noAssociations(from, id, to));
      const view = others.map((other) => ({
        toObjectId: other.id,
        associationTypes: other.types.map(({ typeId, label }) => ({
          category: 'HUBSPOT_DEFINED',
          typeId,
          ...(label === null ? {} : { label }),
        })),
      }));
      return others.length === 0 ? [] : [{ from: { id }, to: view }];
    });
    sendBatch(res, 200, context.now(), results, errors);
  });

  router.post(`${base}/create`, (req, res) => {
    const [from, to] = [
      typeOf(req.params.fromObjectType, callerOf(req).portal),
      typeOf(req.params.toObjectType, callerOf(req).portal),
    ];
    requireScope(req, writeScope(from), writeScope(to));
    const caller = callerOf(req);
    const inputs = inputsOf(bodyOf(req, ['inputs']), ASSOCIATION_CREATE_MAX, ['from', 'to', 'types']);
    const known = associationTypes(from, to);
    const joins = inputs.map((input) => {
      const typeIds = specsOf(input.types);
      const unknown = typeIds.find((typeId) => !known.some((type) => type.typeId === typeId));
      if (unknown !== undefined)
        throw validationError(`Association type ${unknown} does not exist from ${from} to ${to}`);
      return { fromId: String((input.from as Json).id), toId: String((input.to as Json).id), typeIds };
    });
    const results = joins.map(({ fromId, toId, typeIds }) => {
      if (!caller.portal.records[from].has(fromId) || !caller.portal.records[to].has(toId)) throw notFound();
      associate(caller.portal, { from, fromId, to, toId }, typeIds, apiSource(caller));
      return {
        fromObjectTypeId: OBJECT_TYPES[from].typeId,
        fromObjectId: fromId,
        toObjectTypeId: OBJECT_TYPES[to].typeId,
        toObjectId: toId,
        labels: known
          .filter((type) => type.label !== null && typeIds.includes(type.typeId))
          .map((type) => type.label),
      };
    });
    sendBatch(res, 201, context.now(), results, []);
  });

  router.put('/crm/objects/2026-03/:fromType/:fromId/associations/default/:toType/:toId', (req, res) => {
    const [from, to] = [
      typeOf(req.params.fromType, callerOf(req).portal),
      typeOf(req.params.toType, callerOf(req).portal),
    ];
    requireScope(req, writeScope(from), writeScope(to));
    const caller = callerOf(req);
    const { fromId, toId } = req.params;
    if (!caller.portal.records[from].has(fromId) || !caller.portal.records[to].has(toId)) throw notFound();
    const types = associationTypes(from, to).slice(0, 1);
    if (types.length === 0) throw validationError(`No default association exists from ${from} to ${to}`);
    const typeIds = types.map((type) => type.typeId);
    associate(caller.portal, { from, fromId, to, toId }, typeIds, apiSource(caller));
    const results = typeIds.map((associationTypeId) => ({
      from: { id: fromId },
      to: { id: toId },
      associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId },
    }));
    sendBatch(res, 200, context.now(), results, []);
  });
};
