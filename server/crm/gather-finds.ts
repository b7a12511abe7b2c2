import type { ConnectionInfo, EntryDoors } from '../assignments/ports.ts';
import type { RecordRef } from '../assignments/types.ts';
import { AppError } from '../base/app-error.ts';
import type { PersonKey } from '../routing/match/person-key.ts';
import type { Connector } from './connector.ts';

/** How long a search waits for company. Milliseconds. */
const GATHER_MS = 50;

interface Asked {
  readonly person: PersonKey;
  readonly answer: PromiseWithResolvers<RecordRef | null>;
}

export interface DoorParts {
  readonly connectors: readonly Pick<Connector, 'vendor' | 'entry'>[];
  readonly connection: (connectionId: string) => Promise<ConnectionInfo | null>;
}

/** Which CRMs leads can enter, and who stands there already: people looked for within 50 ms go out as one call. */
export const gatherFinds = ({ connectors, connection }: DoorParts): EntryDoors => {
  const waiting = new Map<string, Asked[]>();

  const send = async (connectionId: string): Promise<void> => {
    const all = waiting.get(connectionId) ?? [];
    waiting.delete(connectionId);
    try {
      const { info, entry } = await waysOf(connectionId);
      for (let from = 0; from < all.length; from += entry.batchLimit)
        await answer(all.slice(from, from + entry.batchLimit), (people) => entry.find(info, people));
    } catch (error) {
      for (const { answer } of all) answer.reject(error);
    }
  };

  const waysOf = async (connectionId: string) => {
    const info = await connection(connectionId);
    const entry = connectors.find(({ vendor }) => vendor === info?.vendor)?.entry;
    if (info?.status === 'active' && entry !== undefined) return { info, entry };
    throw new AppError('needs_reconnecting', 'The account is not connected: connect it again.', {
      status: 409,
    });
  };

  return {
    enters: (vendor) => connectors.some((one) => one.vendor === vendor && one.entry !== undefined),
    find: (connectionId, person) => {
      const asked = { person, answer: Promise.withResolvers<RecordRef | null>() };
      const company = waiting.get(connectionId);
      if (company !== undefined) company.push(asked);
      else {
        waiting.set(connectionId, [asked]);
        setTimeout(() => void send(connectionId), GATHER_MS);
      }
      return asked.answer.promise;
    },
  };
};

/** Whoever is looked for twice is asked for once. */
const answer = async (
  asked: readonly Asked[],
  find: (people: readonly PersonKey[]) => Promise<readonly (RecordRef | null)[]>,
): Promise<void> => {
  const groups = [...Map.groupBy(asked, ({ person }) => `${person.email}\n${person.phone}`).values()];
  const found = await find(groups.map(([first]) => first!.person));
  groups.forEach((group, index) => {
    for (const { answer } of group) answer.resolve(found[index] ?? null);
  });
};
