import type { Router } from 'express';
import { notFound, validationError } from '../errors.ts';
import { ownerByUserId } from '../portal.ts';
import { requireScope } from './authenticate.ts';
import { callerOf } from './context.ts';
import { ownerView } from './views.ts';

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
