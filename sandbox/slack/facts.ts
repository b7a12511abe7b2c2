/** Rate limit tiers, in calls a minute for each method and workspace. `post` and `special` are described where used. */
export const TIERS = { 1: 1, 2: 20, 3: 50, 4: 100, special: 300, post: 300 } as const;
export type Tier = keyof typeof TIERS;

export interface MethodFacts {
  /** Any one of these scopes lets the call through; none: no scope is needed. */
  readonly scopes: readonly string[];
  readonly tier: Tier;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Works without a bot token (the client id and secret speak for the app). */
  readonly tokenless?: true;
}

const message = ['attachments', 'blocks', 'link_names', 'markdown_text', 'parse', 'text'] as const;

/** What Slack's method pages say of the methods this stand-in answers: scopes, tier, arguments. */
export const METHODS: Readonly<Record<string, MethodFacts>> = {
  'api.test': { scopes: [], tier: 4, required: [], optional: ['error', 'foo'], tokenless: true },
  'auth.test': { scopes: [], tier: 'special', required: [], optional: [] },
  'auth.revoke': { scopes: [], tier: 3, required: [], optional: ['test'] },
  'apps.uninstall': { scopes: [], tier: 1, required: ['client_id', 'client_secret'], optional: [] },
  'chat.postMessage': {
    scopes: ['chat:write'],
    tier: 'post',
    required: ['channel'],
    optional: [
      ...message,
      'metadata',
      'mrkdwn',
      'reply_broadcast',
      'thread_ts',
      'unfurl_links',
      'unfurl_media',
    ],
  },
  'chat.update': {
    scopes: ['chat:write'],
    tier: 3,
    required: ['channel', 'ts'],
    optional: [...message, 'metadata', 'reply_broadcast'],
  },
  'chat.postEphemeral': {
    scopes: ['chat:write'],
    tier: 4,
    required: ['channel', 'user'],
    optional: [...message, 'thread_ts'],
  },
  'chat.delete': { scopes: ['chat:write'], tier: 3, required: ['channel', 'ts'], optional: [] },
  'conversations.open': {
    scopes: ['channels:manage', 'groups:write', 'im:write', 'mpim:write'],
    tier: 3,
    required: [],
    optional: ['channel', 'prevent_creation', 'return_im', 'users'],
  },
  'oauth.v2.access': {
    scopes: [],
    tier: 'special',
    required: [],
    optional: ['client_id', 'client_secret', 'code', 'grant_type', 'redirect_uri', 'refresh_token'],
    tokenless: true,
  },
  'users.info': { scopes: ['users:read'], tier: 4, required: ['user'], optional: ['include_locale'] },
  'users.list': {
    scopes: ['users:read'],
    tier: 2,
    required: [],
    optional: ['cursor', 'include_locale', 'limit', 'team_id'],
  },
  'users.lookupByEmail': { scopes: ['users:read.email'], tier: 3, required: ['email'], optional: [] },
  'views.open': {
    scopes: [],
    tier: 4,
    required: ['view'],
    optional: ['interactivity_pointer', 'trigger_id'],
  },
  'views.publish': { scopes: [], tier: 4, required: ['user_id', 'view'], optional: ['hash'] },
  'views.update': { scopes: [], tier: 4, required: ['view'], optional: ['external_id', 'hash', 'view_id'] },
};

/** chat.postMessage: about one a second in one channel, with a short burst allowed. */
export const POSTS_PER_CHANNEL = { perSecond: 1, burst: 5 } as const;
/** How long a press can open a modal, and how long and often a response_url works. */
export const TRIGGER_MS = 3_000;
export const ACK_MS = 3_000;
export const RESPONSE_URL = { ms: 30 * 60_000, uses: 5 } as const;
/** Waits before each of the three retries of an event: at once, a minute, five minutes. */
export const EVENT_RETRIES_MS: readonly number[] = [0, 60_000, 300_000];
/** Posting to a deactivated person (from memory: the method page does not say). */
export const DEACTIVATED_ERROR = 'channel_not_found';
