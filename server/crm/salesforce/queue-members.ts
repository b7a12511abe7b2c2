import { OWNER_PREFIXES } from './facts.ts';
import type { Row } from './query.ts';

type Ask = (soql: string) => Promise<readonly Row[]>;

interface Group {
  readonly type: string;
  /** Of a role's group: the role. */
  readonly relatedId: string | null;
}

/** Who stands in each group, by user id: members may be groups and roles themselves, roles with all below them. */
export const membersOf = async (
  groupIds: readonly string[],
  users: readonly Row[],
  ask: Ask,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const direct = Map.groupBy(await ask('SELECT GroupId, UserOrGroupId FROM GroupMember'), ({ GroupId }) =>
    String(GroupId),
  );
  const groups = new Map(
    (await ask('SELECT Id, Type, RelatedId FROM Group')).map((row): [string, Group] => [
      String(row.Id),
      { type: String(row.Type), relatedId: row.RelatedId === null ? null : String(row.RelatedId) },
    ]),
  );
  const ofRole = await peopleOfRoles([...groups.values()], users, ask);
  const expand = (id: string, seen: Set<string>): readonly string[] => {
    if (id.startsWith(OWNER_PREFIXES.user)) return [id];
    // Groups may hold each other.
    if (seen.has(id)) return [];
    seen.add(id);
    const group = groups.get(id);
    const nested = (direct.get(id) ?? []).flatMap(({ UserOrGroupId }) => expand(String(UserOrGroupId), seen));
    return [...nested, ...(group === undefined ? [] : ofRole(group))];
  };
  const active = new Set(users.map(({ Id }) => String(Id)));
  return new Map(
    groupIds.map((id) => [id, [...new Set(expand(id, new Set()))].filter((user) => active.has(user)).sort()]),
  );
};

/** Asked for only where some group stands for a role. */
const peopleOfRoles = async (groups: readonly Group[], users: readonly Row[], ask: Ask) => {
  if (!groups.some(({ type }) => type.startsWith('Role'))) return () => [];
  const roles = await ask('SELECT Id, ParentRoleId FROM UserRole');
  const below = Map.groupBy(roles, ({ ParentRoleId }) => String(ParentRoleId));
  const byRole = Map.groupBy(users, ({ UserRoleId }) => String(UserRoleId));
  const withSubordinates = (role: string): readonly string[] => [
    role,
    ...(below.get(role) ?? []).flatMap(({ Id }) => withSubordinates(String(Id))),
  ];
  return ({ type, relatedId }: Group): readonly string[] => {
    if (relatedId === null || !type.startsWith('Role')) return [];
    const wanted = type === 'Role' ? [relatedId] : withSubordinates(relatedId);
    return wanted.flatMap((role) => (byRole.get(role) ?? []).map(({ Id }) => String(Id)));
  };
};
