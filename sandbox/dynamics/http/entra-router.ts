import { randomUUID } from 'node:crypto';
import express, { type Response, Router } from 'express';
import { consentPage } from '../../consent-page.ts';
import { parameter, sendBack } from '../../send-back.ts';
import { EntraError } from '../errors.ts';
import type { Entra, Issued } from '../oauth/create-entra.ts';
import type { Stats } from '../stats.ts';

export interface EntraRouterContext {
  readonly entra: Entra;
  readonly stats: Stats;
  readonly now: () => number;
  /** Who agrees on the consent page: a user of the environment. */
  readonly personOf: (resource: string) => { readonly id: string; readonly name: string } | undefined;
  /** The tenant of an environment. */
  readonly tenantOf: (resource: string) => string | undefined;
}

const sendToken = (res: Response, { accessToken, refreshToken, expiresIn, scope }: Issued): void =>
  void res.json({
    token_type: 'Bearer',
    ...(refreshToken !== null && { scope, refresh_token: refreshToken }),
    expires_in: expiresIn,
    ext_expires_in: expiresIn,
    access_token: accessToken,
  });

/** Entra's endpoints: `/{tenant}/oauth2/v2.0/…`. */
export const createEntraRouter = (context: EntraRouterContext): Router => {
  const { entra, stats, now } = context;
  const router = Router();
  router.post('/:tenant/oauth2/v2.0/token', express.urlencoded({ extended: false }), (req, res) => {
    stats.countToken();
    res.setHeader('Cache-Control', 'no-store, no-cache');
    try {
      const form = (req.body ?? {}) as Readonly<Record<string, string>>;
      sendToken(res, entra.exchange(req.params.tenant, form));
    } catch (error) {
      if (!(error instanceof EntraError)) throw error;
      res.status(error.status).json(error.body(now(), randomUUID()));
    }
  });
  router.get('/:tenant/oauth2/v2.0/authorize', (req, res) => {
    const redirectUri = parameter(req, 'redirect_uri') ?? '';
    const resource = (parameter(req, 'scope') ?? '')
      .split(/\s+/)
      .find((scope) => scope.endsWith('/user_impersonation'))
      ?.replace(/\/user_impersonation$/, '');
    if (parameter(req, 'client_id') !== entra.app.clientId || !URL.canParse(redirectUri))
      return void res.status(400).send('AADSTS700016: the application was not found.');
    const person = resource === undefined ? undefined : context.personOf(resource);
    const tenantId = resource === undefined ? undefined : context.tenantOf(resource);
    const state = parameter(req, 'state') ?? '';
    if (!person || !tenantId || resource === undefined || req.query.response_type !== 'code')
      return sendBack(res, redirectUri, {
        state,
        error: 'invalid_request',
        error_description: 'AADSTS900144: scope and response_type are required.',
      });
    if (req.query.accept === undefined)
      return void res.send(
        consentPage({
          title: 'Permissions requested',
          says: `Fairlead would like to use ${resource} as ${person.name}:`,
          scopes: (parameter(req, 'scope') ?? '').split(/\s+/),
          allow: ['Accept', `${req.originalUrl}&accept=yes`],
          colour: '#0067b8',
        }),
      );
    const holder = { tenantId, clientId: entra.app.clientId, resource, userId: person.id };
    sendBack(res, redirectUri, { state, code: entra.authorize(holder, redirectUri) });
  });
  return router;
};
