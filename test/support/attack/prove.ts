import { createHmac } from 'node:crypto';
import { type AttackedTenant, type AttackedWorld, SECRETS } from './attacked-world.ts';
import type { Attempt } from './attempts.ts';
import type { Route } from './routes.ts';

/** The session's cookie where the service is reached over TLS. */
export const SESSION = '__Host-fairlead_session';

/** An attempt with the proof its route asks for, as `tenant` or its vendors would give it. */
export const prove = (
  route: Route,
  attempt: Attempt,
  tenant: AttackedTenant,
  world: AttackedWorld,
): Attempt => {
  const { accounts } = tenant;
  const withHeaders = (headers: Readonly<Record<string, string>>): Attempt => ({
    ...attempt,
    headers: { ...attempt.headers, ...headers },
  });
  switch (route.security) {
    case 'apiKey':
      return withHeaders({ authorization: `Bearer ${tenant.key}` });
    case 'hubspotSignature':
      return signedByHubspot(
        withQuery(attempt, { portalId: accounts.hubspot.externalId, userId: '7' }, route),
        route.method,
      );
    case 'orgCredential':
      return {
        ...attempt,
        headers: {
          'x-fairlead-request': 'attempt',
          ...attempt.headers,
          authorization: `Bearer ${tenant.orgCredential()}`,
          'x-fairlead-org': accounts.salesforce.externalId,
        },
      };
    case 'pushSecret':
      return provenPush(route, attempt, tenant, world);
    case 'panelToken':
      return withPanelToken(attempt, tenant);
    case 'appSecret':
      return withHeaders({ authorization: basic(SECRETS.pipedriveId, SECRETS.pipedrive) });
    case 'browserSession':
    case 'installState':
      return withHeaders({ cookie: `${SESSION}=${tenant.session}` });
    case 'slackSignature':
      return signedBySlack(attempt);
    case null:
      return attempt;
    default:
      throw new Error(`Nobody knows how ${route.security} is proven: add it here.`);
  }
};

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** Adds to the query what the attempt does not say itself. */
const withQuery = (attempt: Attempt, query: Readonly<Record<string, string>>, route: Route): Attempt => {
  const takes = new Set(route.parameters.filter((one) => one.in === 'query').map(({ name }) => name));
  const missing = Object.entries(query).filter(
    ([name]) => takes.has(name) && !new RegExp(`[?&]${name}=`).test(attempt.target),
  );
  if (missing.length === 0) return attempt;
  const added = missing.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return { ...attempt, target: `${attempt.target}${attempt.target.includes('?') ? '&' : '?'}${added}` };
};

/** The escapes HubSpot undoes before it signs. */
const asHubspotSigns = (url: string): string =>
  url.replaceAll(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (found) => decodeURIComponent(found));

const signedByHubspot = (attempt: Attempt, method: string): Attempt => {
  const now = Date.now();
  const signature = createHmac('sha256', SECRETS.hubspot)
    .update(method + asHubspotSigns(`https://leads.example.com${attempt.target}`))
    .update(attempt.body ?? '')
    .update(String(now))
    .digest('base64');
  return {
    ...attempt,
    headers: {
      ...attempt.headers,
      'x-hubspot-signature-v3': signature,
      'x-hubspot-request-timestamp': String(now),
    },
  };
};

const signedBySlack = (attempt: Attempt): Attempt => {
  const at = Math.floor(Date.now() / 1000);
  const hmac = createHmac('sha256', SECRETS.slack)
    .update(`v0:${at}:`)
    .update(attempt.body ?? '');
  return {
    ...attempt,
    headers: {
      ...attempt.headers,
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': `v0=${hmac.digest('hex')}`,
    },
  };
};

const provenPush = (
  route: Route,
  attempt: Attempt,
  { accounts }: AttackedTenant,
  { pushSecretOf }: AttackedWorld,
): Attempt => {
  const vendor = route.path.split('/')[1] as 'dynamics' | 'zoho' | 'pipedrive';
  const { connection, externalId } = accounts[vendor];
  const secret = pushSecretOf(connection);
  if (vendor === 'pipedrive')
    return {
      ...withMembers(attempt, (body) => ({
        ...body,
        meta: {
          id: 'a',
          user_id: 1,
          timestamp: '2026-11-24T15:00:00Z',
          ...(body.meta as object),
          company_id: externalId,
        },
      })),
      headers: { ...attempt.headers, authorization: basic(connection, secret) },
    };
  if (vendor === 'dynamics')
    return {
      ...withMembers(attempt, (body) => ({ ...body, OrganizationId: externalId })),
      target: `${route.path}?code=${encodeURIComponent(secret)}`,
    };
  return {
    ...withMembers(attempt, (body) => ({ ...body, token: secret })),
    target: `${route.path}?connection=${encodeURIComponent(connection)}`,
  };
};

/** Changes members of a body that is still an object. */
const withMembers = (
  attempt: Attempt,
  change: (body: Record<string, unknown>) => Record<string, unknown>,
): Attempt => {
  try {
    const body: unknown = JSON.parse(attempt.body?.toString('utf8') ?? '');
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return attempt;
    return { ...attempt, body: Buffer.from(JSON.stringify(change(body as Record<string, unknown>))) };
  } catch {
    return attempt;
  }
};

const withPanelToken = (attempt: Attempt, { accounts }: AttackedTenant): Attempt => {
  const { externalId } = accounts.pipedrive;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = { userId: '901', companyId: externalId, exp: Math.floor(Date.now() / 1000) + 60 };
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`;
  const signature = createHmac('sha256', SECRETS.pipedrive).update(signed).digest('base64url');
  const [path, query = ''] = attempt.target.split('?');
  const kept = query.split('&').filter((pair) => /^(resource|selectedIds|isShared|view)=/.test(pair));
  const own = [`userId=901`, `companyId=${externalId}`, `token=${signed}.${signature}`];
  return { ...attempt, target: `${path}?${[...kept, ...own].join('&')}` };
};
