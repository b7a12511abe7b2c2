import type { ApiKeys } from '../assignments/key-ports.ts';

/** Keys whose end this process knows of at once. `forget`: what is remembered of keys. */
export const createKeys = (keys: ApiKeys, forget: () => void): ApiKeys => ({
  create: keys.create,
  list: keys.list,
  rotate: (...which) => keys.rotate(...which).finally(forget),
  revoke: (...which) => keys.revoke(...which).finally(forget),
});
