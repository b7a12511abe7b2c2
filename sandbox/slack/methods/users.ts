import { ApiError } from '../api-error.ts';
import type { Json, SlackUser } from '../model.ts';
import { type Call, type Method, text } from './method.ts';

/** A user as the API shows it; the address only with `users:read.email`. */
const shown = (call: Call, user: SlackUser): Json => ({
  id: user.id,
  team_id: call.store.state.team.id,
  name: user.name,
  deleted: user.deleted,
  real_name: user.realName,
  tz: user.tz,
  is_bot: false,
  profile: {
    real_name: user.realName,
    display_name: user.name,
    ...(call.token?.scopes.includes('users:read.email') === true ? { email: user.email } : {}),
  },
});

const lookupByEmail: Method = (call) => {
  const email = text(call, 'email').toLowerCase();
  const found = call.store.state.users.find((one) => one.email.toLowerCase() === email && !one.deleted);
  if (found === undefined) throw new ApiError('users_not_found');
  return { user: shown(call, found) };
};

const info: Method = (call) => {
  const found = call.store.user(text(call, 'user'));
  if (found === undefined) throw new ApiError('user_not_found');
  return { user: shown(call, found) };
};

const MAX_PAGE = 1000;

/** Cursors are the id of the last member shown, in base64 as Slack's are. */
const list: Method = (call) => {
  const limit = Math.min(Number(text(call, 'limit')) || MAX_PAGE, MAX_PAGE);
  const cursor = text(call, 'cursor');
  const { users } = call.store.state;
  const after =
    cursor === '' ? -1 : users.findIndex((one) => one.id === Buffer.from(cursor, 'base64').toString());
  if (cursor !== '' && after === -1) throw new ApiError('invalid_cursor');
  const page = users.slice(after + 1, after + 1 + limit);
  const more = after + 1 + limit < users.length;
  const next = more ? Buffer.from(page.at(-1)?.id ?? '').toString('base64') : '';
  return { members: page.map((user) => shown(call, user)), response_metadata: { next_cursor: next } };
};

export const usersMethods: Readonly<Record<string, Method>> = {
  'users.lookupByEmail': lookupByEmail,
  'users.info': info,
  'users.list': list,
};
