import { LOOKUP_TABLE } from './facts.ts';
import { asGuid } from './ids.ts';
import { type Row, textOf } from './query.ts';

/** Teams own too; their ids say so here, as a GUID alone does not tell. */
const TEAM = 'team:';

export const teamOwner = (teamId: string): string => `${TEAM}${teamId.toLowerCase()}`;

/** The owner id of a user or a team. `table`: its logical name. */
export const ownerIdOf = (table: string, id: string): string =>
  table === 'team' ? teamOwner(id) : id.toLowerCase();

/** Whose a record is; null: not told. The read must have asked for what lookups point at. */
export const ownerIn = (found: Row): string | null => {
  const id = textOf(found._ownerid_value);
  return id === null ? null : ownerIdOf(String(found[`_ownerid_value@${LOOKUP_TABLE}`] ?? 'systemuser'), id);
};

/** How an owner is bound in a body. */
export const ownerBind = (ownerId: string): string =>
  ownerId.startsWith(TEAM)
    ? `/teams(${asGuid(ownerId.slice(TEAM.length))})`
    : `/systemusers(${asGuid(ownerId)})`;
