import type { AccessTokens } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';

interface Answered {
  readonly status: number;
}

/** How a call is sent, and what its refusals mean. */
interface Ways<Reply extends Answered> {
  readonly tokens: AccessTokens;
  readonly send: (token: string) => Promise<Reply>;
  /** Absent: every 401 refuses the token. */
  readonly isRefused?: (reply: Reply) => boolean;
  /** What an administrator has to do where the second token is refused as well. */
  readonly remedy: (reply: Reply) => string;
}

/**
 * Sends a call with a token of its connection, and once more with another where that one is refused. Throws AppError
 * `needs_reconnecting` where both are, and what `send` throws.
 */
export const withToken = async <Reply extends Answered>(
  connectionId: string,
  { tokens, send, isRefused = ({ status }) => status === 401, remedy }: Ways<Reply>,
): Promise<Reply> => {
  const token = await tokens.get(connectionId);
  const reply = await send(token);
  if (!isRefused(reply)) return reply;
  // A 401 was not carried out, so that asking again with another token cannot write twice.
  await tokens.refused(connectionId, token);
  const again = await send(await tokens.get(connectionId));
  if (isRefused(again)) throw new AppError('needs_reconnecting', remedy(again));
  return again;
};
