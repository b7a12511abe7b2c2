import type { Router } from 'express';
import { searchRecords } from '../search.ts';
import { requireScope } from './authenticate.ts';
import { bodyOf, namesOf } from './body.ts';
import { type ApiContext, callerOf } from './context.ts';
import { readScope, typeOf } from './object-type-of.ts';
import { recordView } from './views.ts';

/** POST …/{type}/search. Five a second for the whole account; the index lags behind when told to. */
export const searchRoutes = (router: Router, context: ApiContext): void => {
  router.post('/crm/objects/2026-03/:objectType/search', (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
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
