import type { Router } from 'express';
import { associate, associated, associationTypes, noAssociations } from '../associations.ts';
import { notFound, validationError } from '../errors.ts';
import { OBJECT_TYPES } from '../object-types.ts';
import { ownerByUserId } from '../portal.ts';
import { searchRecords } from '../search.ts';
import { requireScope } from './authenticate.ts';
import { sendBatch } from './batch-routes.ts';
import { bodyOf, inputsOf, type Json, namesOf } from './body.ts';
import { type ApiContext, apiSource, callerOf } from './context.ts';
import { readScope, typeOf, writeScope } from './objects-routes.ts';
import { ownerView, recordView } from './views.ts';

/** POST …/{type}/search. Five a second for the whole account; the index lags behind when told to. */
export const searchRoutes = (router: Router, context: ApiContext): void => {
  router.post('/crm/objects/2026-03/:objectType/search', (req, res) => {
    const type = typeOf(req.params.objectType);
    requireScope(req, readScope(type));
    const { portal } = callerOf(req);
    const body = bodyOf(req, []);
    const { total, page, after } = searchRecords(portal, type, body, context.searchLag());
    const wanted = { properties: namesOf(body.properties), history: [] };
    res.json({
      total,
      results: page.map((record) => recordView(portal, type, record, wanted)),
      ...(after === null ? {} : { paging: { next: { after } } }),
    });
  });
};

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
    const [from, to] = [typeOf(req.params.fromObjectType), typeOf(req.params.toObjectType)];
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
    const [from, to] = [typeOf(req.params.fromObjectType), typeOf(req.params.toObjectType)];
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
    const [from, to] = [typeOf(req.params.fromType), typeOf(req.params.toType)];
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

const OWNER_SCOPES = ['crm.objects.owners.read', 'automation'] as const;
const OWNER_PAGE_MAX = 500;

/** Owners: paging, by e-mail, archived ones on request, by id or userId. */
export const ownersRoutes = (router: Router): void => {
  router.get('/crm/owners/2026-03', (req, res) => {
    requireScope(req, ...OWNER_SCOPES);
    const { portal } = callerOf(req);
    const limit = Number(req.query.limit ?? 100);
    if (!(limit >= 1 && limit <= OWNER_PAGE_MAX))
      throw validationError(`The limit must be between 1 and ${OWNER_PAGE_MAX}`);
    const archived = req.query.archived === 'true';
    const email = req.query.email === undefined ? null : String(req.query.email).toLowerCase();
    const owners = [...portal.owners.values()]
      .filter(
        (owner) => owner.archived === archived && (email === null || owner.email.toLowerCase() === email),
      )
      .sort((a, b) => Number(a.id) - Number(b.id))
      .filter((owner) => Number(owner.id) > Number(req.query.after ?? 0));
    const page = owners.slice(0, limit);
    res.json({
      results: page.map(ownerView),
      ...(owners.length > limit ? { paging: { next: { after: page.at(-1)?.id } } } : {}),
    });
  });

  router.get('/crm/owners/2026-03/:ownerId', (req, res) => {
    requireScope(req, ...OWNER_SCOPES);
    const { portal } = callerOf(req);
    const { ownerId } = req.params;
    const owner =
      req.query.idProperty === 'userId' ? ownerByUserId(portal, Number(ownerId)) : portal.owners.get(ownerId);
    if (!owner || owner.archived !== (req.query.archived === 'true')) throw notFound();
    res.json(ownerView(owner));
  });
};

/** GET /account-info/2026-03/details. */
export const accountRoutes = (router: Router): void => {
  router.get('/account-info/2026-03/details', (req, res) => {
    requireScope(req, 'oauth');
    const { portal } = callerOf(req);
    const offset = Temporal.Instant.fromEpochMilliseconds(portal.now()).toZonedDateTimeISO(portal.timezone);
    res.json({
      portalId: portal.id,
      accountType: 'STANDARD',
      timeZone: portal.timezone,
      companyCurrency: 'USD',
      additionalCurrencies: [],
      utcOffset: offset.offset,
      utcOffsetMilliseconds: offset.offsetNanoseconds / 1_000_000,
      uiDomain: 'app.hubspot.com',
      dataHostingLocation: 'na1',
    });
  });
};
