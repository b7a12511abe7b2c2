import type { Router } from 'express';
import { OBJECT_TYPE_NAMES, OBJECT_TYPES } from '../object-types.ts';
import type { ApiContext } from './context.ts';

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const page = (title: string, body: string): string =>
  `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:16px/1.5 system-ui;max-width:34rem;margin:10vh auto;padding:0 1rem;color:#1d2b3a}button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:8px;background:#e4572e;color:#fff;cursor:pointer}code{background:#f2f4f7;padding:.1rem .3rem;border-radius:4px}</style>${body}`;

/** app.hubspot.com as far as an install needs it: the consent page, and links to records, which lead to the desk. */
export const consentRoutes = (router: Router, { app, portals, tokens }: ApiContext): void => {
  router.get(['/app/oauth/authorize', '/app/oauth/:portalId/authorize'], (req, res) => {
    const { client_id: clientId, redirect_uri: redirectUri, scope, state } = req.query;
    const portal =
      portals.get(Number((req.params as { portalId?: string }).portalId ?? req.query.portalId)) ??
      [...portals.values()][0];
    if (
      clientId !== app.clientId ||
      typeof redirectUri !== 'string' ||
      typeof scope !== 'string' ||
      !portal
    ) {
      res
        .status(400)
        .send(
          page(
            'Not possible',
            '<h1>This app cannot be installed</h1><p>The client id, redirect_uri or scope is missing or wrong.</p>',
          ),
        );
      return;
    }
    const scopes = `${scope} ${String(req.query.optional_scope ?? '')}`.split(' ').filter(Boolean);
    if (req.query.approve === undefined) {
      const allow = escapeHtml(`${req.originalUrl}&approve=1`);
      res.send(
        page(
          'Connect an app',
          `<h1>Connect Fairlead to ${escapeHtml(portal.name)}</h1><p>It asks for:</p><ul>${scopes.map((one) => `<li><code>${escapeHtml(one)}</code></li>`).join('')}</ul><p><a href="${allow}"><button>Connect app</button></a></p>`,
        ),
      );
      return;
    }
    const person = [...portal.owners.values()].find((owner) => owner.userId !== null);
    const grant = {
      portalId: portal.id,
      appId: app.appId,
      userId: person?.userId ?? 1,
      user: person?.email ?? 'admin@example.com',
      scopes: [...new Set(['oauth', ...scopes])],
    };
    const back = new URL(redirectUri);
    back.searchParams.set('code', tokens.authorize(grant, redirectUri));
    if (typeof state === 'string') back.searchParams.set('state', state);
    res.redirect(302, back.href);
  });

  router.get('/app/contacts/:portalId/record/:typeId/:id', (req, res) => {
    const type =
      OBJECT_TYPE_NAMES.find((name) => OBJECT_TYPES[name].typeId === req.params.typeId) ?? 'contacts';
    res.redirect(302, `/desk/${type}/${encodeURIComponent(req.params.id)}`);
  });
};
