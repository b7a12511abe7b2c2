import type { AssignmentState } from '../../assignments/types.ts';

/** Where a lead stands, as names and an instant the reader's way. */
interface Told {
  readonly state: AssignmentState;
  readonly owner: string | null;
  readonly queue: string | null;
  /** Who stands in the queue; empty where its CRM does not say. */
  readonly members: readonly string[];
  readonly asked: readonly string[];
  /** When the offer ends or the lead is looked at again; null: not known yet. */
  readonly due: string | null;
  /** How long after they had it they first worked on it, in words; null: not yet, or not known. */
  readonly touched: string | null;
}

/** Names told one by one; of more only how many. */
const TOLD = 3;

/** Who has the lead, or what it waits for, in a sentence. */
export const headline = ({ state, owner, queue, members, asked, due, touched }: Told): string => {
  switch (state) {
    case 'assigned':
      return `${owner ?? 'Somebody'} has it${touched === null ? '' : `, first touched after ${touched}`}.`;
    case 'offered':
      return `Offered to ${namesOf(asked)}${due === null ? '' : `, until ${due}`}.`;
    case 'waiting':
      return `Waits for somebody who can take it.${due === null ? '' : ` Looked at again ${due}.`}`;
    case 'in_queue':
      return `In the queue ${queue ?? ''}${members.length === 0 ? '' : `, of ${membersText(members)}`}.`;
    case 'closed':
      return owner === null ? 'No longer routed.' : `No longer routed; ${owner} had it last.`;
    default:
      return state satisfies never;
  }
};

const membersText = (members: readonly string[]): string =>
  members.length > TOLD
    ? `${members.slice(0, TOLD).join(', ')} and ${members.length - TOLD} more`
    : namesOf(members);

const namesOf = (names: readonly string[]): string => {
  if (names.length > TOLD) return `${names.length} reps`;
  return names.length < 2 ? (names[0] ?? 'somebody') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
};
