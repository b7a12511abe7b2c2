import { ApiError } from '../api-error.ts';
import { type Method, text } from './method.ts';

const open: Method = (call) => {
  const given = text(call, 'channel');
  if (given !== '') {
    const channel = call.store.channel(given);
    if (channel === undefined) throw new ApiError('channel_not_found');
    return { channel: { id: channel.id }, already_open: true };
  }
  const ids = text(call, 'users')
    .split(',')
    .filter((id) => id !== '');
  if (ids.length === 0) throw new ApiError('users_list_not_supplied');
  if (ids.length > 1) throw new ApiError('method_not_supported_for_channel_type');
  const user = call.store.user(ids[0] ?? '');
  if (user === undefined) throw new ApiError('user_not_found');
  if (user.deleted) throw new ApiError('user_disabled');
  return { channel: { id: call.store.openDm(user).id } };
};

export const conversationsMethods: Readonly<Record<string, Method>> = { 'conversations.open': open };
