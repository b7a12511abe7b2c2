import { randomBytes } from 'node:crypto';
import express, { type Router } from 'express';
import { createIdTokens, type IdTokens } from '../open-id/id-tokens.ts';
import type { ReturnAddresses } from '../open-id/return-addresses.ts';
import type { Switches } from '../switches.ts';
import { createAppLink } from './app-link.ts';
import { createAuthorize } from './authorize-page.ts';
import { createControl } from './control.ts';
import { createEvents } from './events.ts';
import { createSlackFaults } from './faults.ts';
import type { AppCredentials } from './methods/method.ts';
import type { SlackState, SlackUser } from './model.ts';
import { createOpenId } from './open-id.ts';
import { createPage } from './page.ts';
import { createRateLimits, UNLIMITED } from './rate-limits.ts';
import { createRequestLog } from './request-log.ts';
import { createResponseUrls } from './response-url.ts';
import { createSlackStats } from './stats.ts';
import { createSlackStore } from './store.ts';
import { slackSwitches } from './switches.ts';
import { createHandles } from './triggers.ts';
import { createWebApi } from './web-api.ts';

export interface SlackSandboxOptions {
  /** Where Fairlead listens; asked at each request. */
  readonly appUrl: () => string;
  /** Where the router is mounted, as the app reaches it (for response_urls); without a slash at its end. */
  readonly baseUrl: () => string;
  readonly signingSecret: string;
  readonly credentials?: AppCredentials;
  /** Where people who sign in may be sent back to; unset: anywhere. */
  readonly mayReturnTo?: ReturnAddresses;
  /** The token an installed app has, and its scopes. Left out: nothing is installed yet. */
  readonly install?: { readonly token: string; readonly scopes: readonly string[] };
  readonly users?: readonly SlackUser[];
  /** Channels the app was added to, by name, with their members' user ids. */
  readonly channels?: readonly {
    readonly id: string;
    readonly name: string;
    readonly members: readonly string[];
  }[];
  /** A saved state to go on from; users and install are then added to it where missing. */
  readonly saved?: SlackState;
  /** Told after every change, to save `state` on a debounce. */
  readonly onChange?: () => void;
  readonly now?: () => number;
  /** false: without Slack's rate limits, where a trial makes more messages than Slack takes in a day. */
  readonly limited?: boolean;
  /** Waits before an event's retries, in milliseconds; tests make them short. */
  readonly eventRetries?: readonly number[];
}

export interface SlackSandbox {
  /** To be mounted at /slack: `/api/:method`, `/response/:id`, `/oauth/v2/authorize`, and the page. */
  readonly router: Router;
  /** To be mounted at /control/slack. */
  readonly control: Router;
  readonly state: SlackState;
  readonly switches: Switches;
  /** Who people are said to be. */
  readonly idTokens: IdTokens;
  /** Stops waiting retries and open streams. */
  readonly close: () => void;
}

/** How long an ID token holds. Seconds. */
const ID_TOKEN_S = 300;

const emptyWorkspace = (): SlackState => ({
  team: { id: 'T0FAIRLEAD', name: 'Harbour Software', domain: 'harbour-software' },
  bot: { id: 'B0FAIRLEAD', userId: 'U0FAIRLEAD', appId: 'A0FAIRLEAD', name: 'Fairlead' },
  users: [],
  channels: [],
  messages: [],
  views: [],
  tokens: [],
  codes: [],
  read: {},
  sequence: 0,
});

const withOptions = (
  state: SlackState,
  { users = [], channels = [], install }: SlackSandboxOptions,
): SlackState => {
  for (const user of users) if (!state.users.some((one) => one.id === user.id)) state.users.push(user);
  for (const one of channels)
    if (!state.channels.some((known) => known.id === one.id))
      state.channels.push({ ...one, kind: 'channel' });
  if (install !== undefined && !state.tokens.some((one) => one.token === install.token))
    state.tokens.push({ ...install, revoked: false, expiresAt: null, refreshToken: null });
  return state;
};

/** A strict stand-in for one Slack workspace with one app, over real HTTP, and a page to be its people. */
export const createSlackSandbox = (options: SlackSandboxOptions): SlackSandbox => {
  const now = options.now ?? Date.now;
  const state = withOptions(options.saved ?? emptyWorkspace(), options);
  const watchers = new Set<() => void>();
  const changed = (): void => {
    options.onChange?.();
    for (const tell of watchers) tell();
  };
  const store = createSlackStore(state, now, changed);
  const handles = createHandles(now, () => randomBytes(18).toString('hex'));
  const link = createAppLink({ appUrl: options.appUrl, signingSecret: options.signingSecret, now });
  const events = createEvents(store, link, options.eventRetries);
  const parts = {
    store,
    handles,
    link,
    events,
    faults: createSlackFaults(),
    log: createRequestLog(),
    stats: createSlackStats(),
    baseUrl: options.baseUrl,
  };
  const credentials = options.credentials ?? { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' };
  const sendEvent = (event: Readonly<Record<string, unknown>>): void => void events.send(event);
  const page = createPage(store, watchers);
  const router = express.Router();
  const idTokens = createIdTokens({ now, lastsS: ID_TOKEN_S });
  router.use(
    createOpenId({ store, credentials, idTokens, mayReturnTo: options.mayReturnTo ?? URL.canParse }),
  );
  router.use(
    '/api',
    createWebApi({
      ...parts,
      limits: options.limited === false ? UNLIMITED : createRateLimits(now),
      credentials,
      sendEvent,
    }),
  );
  router.use('/response', createResponseUrls(store, handles));
  router.use('/oauth/v2/authorize', createAuthorize(store, credentials));
  router.use(page.router);
  const close = (): void => {
    events.close();
    page.close();
  };
  const switches = slackSwitches({ ...parts, sendEvent, rotateKey: idTokens.rotate });
  return { router, control: createControl(parts), state, switches, idTokens, close };
};
