import type { VendorScopes } from '../server/assignments/install-ports.ts';

/**
 * The bot scopes asked for at install, and why. `chat:write` posts and redraws cards, `commands` is /leads,
 * `users:read` and `users:read.email` find a rep by e-mail address. No history scope: Fairlead reads no messages.
 */
export const BOT_SCOPES = ['chat:write', 'commands', 'users:read', 'users:read.email'] as const;

const FIND = 'reps cannot be found by their e-mail address';
const WITHOUT: Readonly<Record<(typeof BOT_SCOPES)[number], string>> = {
  'chat:write': 'no rep can be sent anything',
  commands: '/leads does not answer',
  'users:read': FIND,
  'users:read.email': FIND,
};

export const SLACK_SCOPES: VendorScopes = {
  wanted: BOT_SCOPES.map((scope) => ({ scope, without: WITHOUT[scope] })),
};
