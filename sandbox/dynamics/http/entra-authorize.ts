import type { Request, Response, Router } from 'express';
import { consentPage, loginPage } from '../../consent-page.ts';
import { html } from '../../desk/html.ts';
import { personPage } from '../../open-id/person-page.ts';
import { parameter, sendBack } from '../../send-back.ts';
import type { Asked } from '../oauth/codes.ts';
import type { Entra } from '../oauth/create-entra.ts';
import { ANY_TENANT, type DirectoryPerson } from '../oauth/sign-in.ts';

export interface AuthorizeContext {
  readonly entra: Entra;
  /** Who agrees on the consent page: a user of the environment. */
  readonly personOf: (resource: string) => { readonly id: string; readonly name: string } | undefined;
  /** The tenant of an environment. */
  readonly tenantOf: (resource: string) => string | undefined;
  /** Everybody in the directories. */
  readonly directory: () => readonly DirectoryPerson[];
}

interface Ask extends Asked {
  readonly state: string | undefined;
  readonly scopes: readonly string[];
}

const COLOUR = '#0067b8';
const RIGHT = /\/user_impersonation$/;

const refuse = (res: Response, number: number, why: string): void =>
  void res.status(400).send(loginPage('Sign in', html`<p>AADSTS${number}: ${why}</p>`));

/** Back to the app; Entra adds which of its sessions it was. */
const back = (res: Response, { redirectUri, state }: Ask, answer: Readonly<Record<string, string>>): void =>
  sendBack(res, redirectUri, { ...answer, state });

const declined = (res: Response, ask: Ask): void =>
  back(res, ask, {
    error: 'access_denied',
    error_subcode: 'cancel',
    error_description: 'AADSTS65004: User declined to consent to access the app.',
  });

const install = (context: AuthorizeContext, req: Request, res: Response, ask: Ask) => {
  const resource = ask.scopes.find((scope) => RIGHT.test(scope))?.replace(RIGHT, '') ?? '';
  const person = context.personOf(resource);
  const tenantId = context.tenantOf(resource);
  if (!person || !tenantId)
    return back(res, ask, {
      error: 'invalid_resource',
      error_description: `AADSTS500011: The resource principal named ${resource} was not found.`,
    });
  if (req.query.accept === undefined)
    return void res.send(
      consentPage({
        title: 'Permissions requested',
        says: `Fairlead would like to use ${resource} as ${person.name}:`,
        scopes: ask.scopes,
        allow: ['Accept', `${req.originalUrl}&accept=yes`],
        colour: COLOUR,
      }),
    );
  const { clientId } = context.entra.app;
  const holder = { tenantId, clientId, resource, userId: person.id };
  back(res, ask, { code: context.entra.authorize(holder, ask) });
};

/** Of a tenant, or of any. One person can be in several: each choice is of one. */
const signIn = (context: AuthorizeContext, req: Request, res: Response, ask: Ask) => {
  const tenant = String(req.params.tenant);
  const people = context
    .directory()
    .filter(({ tenantId }) => ANY_TENANT.includes(tenant) || tenantId === tenant);
  const as = parameter(req, 'as');
  const person = people.find(({ tenantId, objectId }) => `${tenantId}/${objectId}` === as);
  if (as === undefined)
    return void res.send(
      personPage({
        title: 'Sign in to your Microsoft account',
        says: 'Fairlead asks who you are:',
        scopes: ask.scopes,
        people: people.map(({ tenantId, objectId, name, tenantName }) => ({
          id: `${tenantId}/${objectId}`,
          name: `${name}, ${tenantName}`,
        })),
        address: req.originalUrl,
        colour: COLOUR,
      }),
    );
  if (person === undefined)
    return refuse(res, 50020, 'The user account does not exist in this tenant and cannot access the app.');
  const { scopes } = ask;
  const agreed = { tenantId: person.tenantId, person, scopes, nonce: parameter(req, 'nonce') };
  back(res, ask, { code: context.entra.authorize(agreed, ask), session_state: person.objectId });
};

/** Entra's pages: a person agrees that the app acts for them in an environment, or signs in with the scope `openid`. */
export const entraAuthorize = (router: Router, context: AuthorizeContext): void => {
  const { app, isTenant } = context.entra;
  router.get('/:tenant/oauth2/v2.0/authorize', (req, res) => {
    const redirectUri = parameter(req, 'redirect_uri') ?? '';
    const { tenant } = req.params;
    if (!ANY_TENANT.includes(tenant) && !isTenant(tenant))
      return refuse(res, 90002, `Tenant '${tenant}' not found.`);
    if (parameter(req, 'client_id') !== app.clientId)
      return refuse(res, 700016, 'Application with this identifier was not found in the directory.');
    if (!app.mayReturnTo(redirectUri))
      return refuse(
        res,
        50011,
        `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application.`,
      );
    const scopes = (parameter(req, 'scope') ?? '').split(/\s+/).filter(Boolean);
    const challenge = parameter(req, 'code_challenge') ?? null;
    const ask: Ask = { redirectUri, challenge, scopes, state: parameter(req, 'state') };
    if (req.query.response_type !== 'code' || scopes.length === 0)
      return back(res, ask, {
        error: 'invalid_request',
        error_description: 'AADSTS900144: scope and response_type are required.',
      });
    if (challenge !== null && parameter(req, 'code_challenge_method') !== 'S256')
      return back(res, ask, {
        error: 'invalid_request',
        error_description: 'AADSTS9002313: Invalid request. Request is malformed or invalid.',
      });
    if (req.query.deny !== undefined) return declined(res, ask);
    if (scopes.some((scope) => RIGHT.test(scope))) return install(context, req, res, ask);
    if (scopes.includes('openid')) return signIn(context, req, res, ask);
    back(res, ask, {
      error: 'invalid_scope',
      error_description: 'AADSTS70011: The provided value for the input parameter scope is not valid.',
    });
  });
};
