import { ALL_PERMISSIONS, type Permission } from './permissions.ts';

/**
 * What each role may do: this table alone says it. A rep's `answer` is for themselves: whoever serves it asks
 * `answersForOthers` as well.
 */
const MAY = Object.freeze({
  owner: ALL_PERMISSIONS,
  admin: ALL_PERMISSIONS.filter((one) => one !== 'own'),
  manager: ['read', 'answer', 'manage'],
  rep: ['answer'],
  auditor: ['read'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>);

/** What a person of a workspace is. */
export type Role = keyof typeof MAY;

/** From the most that one may do to the least. */
export const ROLES = Object.freeze(['owner', 'admin', 'manager', 'rep', 'auditor'] as const satisfies Role[]);

/** Roles that people with a connected account may get without anybody letting them in. */
export const LEAST_ROLES = Object.freeze(['rep', 'auditor'] as const satisfies Role[]);

const SETS: Readonly<Record<Role, ReadonlySet<Permission>>> = Object.freeze({
  owner: new Set<Permission>(MAY.owner),
  admin: new Set<Permission>(MAY.admin),
  manager: new Set<Permission>(MAY.manager),
  rep: new Set<Permission>(MAY.rep),
  auditor: new Set<Permission>(MAY.auditor),
});

/** What a role may do. */
export const permissionsOf = (role: Role): ReadonlySet<Permission> => SETS[role];

/**
 * Whether somebody sees who has access, with addresses and roles: who may change what others see and do, and who is there
 * to look. `role` null: an API key.
 */
export const reviewsAccess = (role: Role | null, may: ReadonlySet<Permission>): boolean =>
  may.has('administer') || role === 'auditor';

/** Whether a role claims and declines leads for anybody; a rep does for themselves alone. */
export const answersForOthers = (role: Role): boolean => role !== 'rep';
