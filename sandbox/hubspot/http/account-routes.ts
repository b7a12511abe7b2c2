import type { Router } from 'express';
import { requireScope } from './authenticate.ts';
import { type ApiContext, callerOf } from './context.ts';

/** GET /account-info/2026-03/details, and the app's own uninstall. */
export const accountRoutes = (router: Router, { tokens }: ApiContext): void => {
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

  router.delete('/appinstalls/2026-09/external-install', (req, res) => {
    requireScope(req, 'oauth');
    tokens.uninstall(callerOf(req).portal.id);
    res.status(204).end();
  });
};
