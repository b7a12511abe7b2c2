import { randomUUID } from 'node:crypto';
import express, { Router } from 'express';
import { clientForm } from '../../open-id/client-form.ts';
import { issuerOf } from '../../open-id/issuer-of.ts';
import { EntraError } from '../errors.ts';
import type { Issued } from '../oauth/create-entra.ts';
import { claimsOf } from '../oauth/sign-in.ts';
import type { Stats } from '../stats.ts';
import { type AuthorizeContext, entraAuthorize } from './entra-authorize.ts';
import { type DiscoveryContext, entraDiscovery } from './entra-discovery.ts';

export interface EntraRouterContext extends AuthorizeContext, DiscoveryContext {
  readonly stats: Stats;
}

const tokenView = ({ accessToken, refreshToken, expiresIn, scope, signIn }: Issued) => ({
  token_type: 'Bearer',
  ...((refreshToken !== null || signIn !== null) && { scope }),
  ...(refreshToken !== null && { refresh_token: refreshToken }),
  expires_in: expiresIn,
  ext_expires_in: expiresIn,
  access_token: accessToken,
});

/** Entra's endpoints: `/{tenant}/oauth2/v2.0/…` and its documents. */
export const createEntraRouter = (context: EntraRouterContext): Router => {
  const { entra, idTokens, stats, now } = context;
  const router = Router();

  const idTokenOf = (host: string, { signIn }: Issued) =>
    signIn && {
      id_token: idTokens.issue(
        claimsOf(signIn, { host, clientId: entra.app.clientId, edov: entra.edov(), at: now() }),
      ),
    };

  router.post('/:tenant/oauth2/v2.0/token', express.urlencoded({ extended: false }), (req, res) => {
    stats.countToken();
    res.setHeader('Cache-Control', 'no-store, no-cache');
    try {
      const issued = entra.exchange(req.params.tenant, clientForm(req));
      res.json({ ...tokenView(issued), ...idTokenOf(issuerOf(req), issued) });
    } catch (error) {
      if (!(error instanceof EntraError)) throw error;
      res.status(error.status).json(error.body(now(), randomUUID()));
    }
  });
  entraDiscovery(router, context);
  entraAuthorize(router, context);
  return router;
};
