import type { Router } from 'express';
import { consentPage, loginPage } from '../../consent-page.ts';
import { html } from '../../desk/html.ts';
import { sendBack } from '../../send-back.ts';
import { OBJECT_TYPE_NAMES, OBJECT_TYPES } from '../object-types.ts';
import type { ApiContext } from './context.ts';

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
          loginPage(
            'This app cannot be installed',
            html`<p>The client id, redirect_uri or scope is missing or wrong.</p>`,
          ),
        );
      return;
    }
    const scopes = `${scope} ${String(req.query.optional_scope ?? '')}`.split(' ').filter(Boolean);
    if (req.query.approve === undefined) {
      res.send(
        consentPage({
          title: `Connect Fairlead to ${portal.name}`,
          says: 'It asks for:',
          scopes,
          allow: ['Connect app', `${req.originalUrl}&approve=1`],
          colour: '#c2410c',
        }),
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
    const code = tokens.authorize(grant, redirectUri);
    sendBack(res, redirectUri, { code, state: typeof state === 'string' ? state : undefined });
  });

  router.get('/app/contacts/:portalId/record/:typeId/:id', (req, res) => {
    const type =
      OBJECT_TYPE_NAMES.find((name) => OBJECT_TYPES[name].typeId === req.params.typeId) ?? 'contacts';
    res.redirect(302, `/desk/${type}/${encodeURIComponent(req.params.id)}`);
  });
};
