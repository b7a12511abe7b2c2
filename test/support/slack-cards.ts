import type {
  CardKey,
  PostedNotice,
  SlackMessages,
  StoredCard,
} from '../../server/assignments/slack-ports.ts';

const idOf = (key: CardKey): string => `${key.tenantId}/${key.assignmentId}/${key.repId}`;

/** Where cards stand, in memory; the rows are tested in test/db/slack-store.test.ts. */
export const createCardsInMemory = (): SlackMessages => {
  const cards = new Map<string, StoredCard>();
  const begun = new Map<string, string>();
  const told = new Set<string>();
  const notices = new Map<string, PostedNotice>();
  const change = (key: CardKey, by: Partial<StoredCard>): void => {
    const card = cards.get(idOf(key));
    if (card !== undefined) cards.set(idOf(key), { ...card, ...by });
  };
  return {
    find: async (key) => cards.get(idOf(key)) ?? null,
    list: async (tenantId, assignmentId) =>
      [...cards.values()].filter((one) => one.tenantId === tenantId && one.assignmentId === assignmentId),
    begin: async (intent) => {
      begun.delete(idOf(intent));
      cards.set(idOf(intent), { ...intent, channel: null, ts: null, version: 0, reminderTs: null });
    },
    posted: async (key, at) => change(key, at),
    raise: async (key, version) => {
      const card = cards.get(idOf(key));
      if (card === undefined || card.version > version) return false;
      change(key, { version });
      return true;
    },
    drop: async (key) => void cards.delete(idOf(key)),
    notices: {
      begin: async (_tenantId, deliveryId) => !told.has(deliveryId) && told.add(deliveryId) !== null,
      undo: async (_tenantId, deliveryId) => void told.delete(deliveryId),
      posted: async (notice) => void notices.set(notice.deliveryId, notice),
      list: async (_tenantId, assignmentId) =>
        [...notices.values()].filter((notice) => notice.assignmentId === assignmentId),
      cleared: async ({ deliveryId }) => void notices.delete(deliveryId),
    },
    reminders: {
      begin: async (key, deliveryId) => {
        if (!cards.has(idOf(key)) || begun.has(idOf(key))) return false;
        begun.set(idOf(key), deliveryId);
        return true;
      },
      undo: async (key, deliveryId) => {
        if (begun.get(idOf(key)) === deliveryId) begun.delete(idOf(key));
      },
      posted: async (key, ts) => change(key, { reminderTs: ts }),
      removed: async (key) => change(key, { reminderTs: null }),
    },
  };
};
