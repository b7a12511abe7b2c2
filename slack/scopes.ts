/**
 * The bot scopes asked for at install, and why. `chat:write` posts and redraws cards, `commands` is /leads,
 * `users:read` and `users:read.email` find a rep by e-mail address. No history scope: Fairlead reads no messages.
 */
export const BOT_SCOPES = ['chat:write', 'commands', 'users:read', 'users:read.email'] as const;
