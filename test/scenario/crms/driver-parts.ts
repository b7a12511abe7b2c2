import type { Fault } from '../../../sandbox/faults.ts';
import type { PushChange } from '../../../sandbox/push-switches.ts';
import { PEOPLE, type PersonName, type ScenarioAccount } from '../scenario-crm.ts';

/** PEOPLE as most stand-ins are seeded with users. */
export const USERS = Object.values(PEOPLE).map(({ email, first, last }) => ({
  email,
  firstName: first,
  lastName: last,
}));

/** Whose id that is; null: nobody's of PEOPLE. */
export const personWith = <Id>(id: unknown, idOf: (name: PersonName) => Id): PersonName | null =>
  (Object.keys(PEOPLE) as PersonName[]).find((name) => idOf(name) === id) ?? null;

/** Has a stand-in's pushes arrive as a scenario wants them. */
export const pushesBy =
  (switches: { readonly set: (change: PushChange) => void }): NonNullable<ScenarioAccount['pushes']> =>
  (how) =>
    switches.set({
      drop: how === 'lost' ? 1 : 0,
      duplicate: how === 'twice' ? 1 : 0,
      reorder: how === 'twice',
    });

/** Has a stand-in fail in its vendor's own ways. `limited` is how it refuses a call for being too many. */
export const troubleBy =
  <Kind extends string>(
    setFaults: (faults: readonly Fault<Kind>[]) => void,
    faults: Readonly<Record<'down' | 'no_writes' | 'limited', NoInfer<Fault<Kind>>>>,
  ): ScenarioAccount['trouble'] =>
  (kind) => {
    if (kind === 'none') setFaults([]);
    else if (typeof kind === 'string') setFaults([faults[kind]]);
    else setFaults([{ ...faults.limited, times: kind.limited }]);
  };
