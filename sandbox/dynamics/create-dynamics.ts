import { Router } from 'express';
import { createIdTokens } from '../open-id/id-tokens.ts';
import type { PushChange } from '../push-switches.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Automation } from './automation.ts';
import type { SeedEnvironment } from './company.ts';
import { createEnvironment, type Environment, rowsOf } from './environment.ts';
import { noRecord } from './errors.ts';
import { createDynamicsFaults, type DynamicsFault } from './faults.ts';
import { createApiRouter } from './http/api-router.ts';
import { ENTRA_KEYS } from './http/entra-discovery.ts';
import { createEntraRouter } from './http/entra-router.ts';
import type { EnvironmentApi, Reply } from './http/operation.ts';
import { createPages } from './http/pages.ts';
import { runOperation } from './http/run-operation.ts';
import { guidOf } from './ids.ts';
import { createNativeRules } from './native-rules.ts';
import { type AppRegistration, createEntra } from './oauth/create-entra.ts';
import { createPeopleWrites, storedRow } from './people-writes.ts';
import { createProtectionLimits, type LimitSettings } from './protection-limits.ts';
import { createPushes } from './push/create-pushes.ts';
import type { Installed } from './schema/tables.ts';
import {
  applicationUser,
  directoryOf,
  personOf,
  seedApplicationUser,
  seedEnvironment,
  systemUserId,
} from './seed.ts';
import { createStats, type StatsView } from './stats.ts';
import type { Row, RowChange } from './types.ts';

export interface DynamicsOptions {
  readonly app: AppRegistration;
  /** Where this is mounted; the login host is below it at `/login`. */
  readonly baseUrl: () => string;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly limits?: Partial<LimitSettings>;
}

/** What the administrator hands over once the app user is there. */
export interface Installation {
  readonly url: string;
  readonly loginUrl: string;
  readonly tenantId: string;
  readonly organizationId: string;
  /** The application user. */
  readonly userId: string;
  readonly accessToken: string;
}

/** How long an ID token holds. Seconds. */
const ID_TOKEN_S = 3_600;

/** The stand-in for Dynamics 365 Sales: Entra's endpoints and the Web API as a router, and the strings that are pulled. */
export const createDynamics = (options: DynamicsOptions) => {
  const { app, baseUrl, scheduler } = options;
  const { now } = scheduler;
  const apis = new Map<string, EnvironmentApi>();
  const listeners = new Set<(environment: Environment, changes: readonly RowChange[]) => void>();
  const stats = createStats();
  const faults = createDynamicsFaults((ms, task) => void setTimeout(task, ms));
  const pushes = createPushes({ scheduler, random: options.random });
  const nativeRules = createNativeRules(scheduler, systemUserId);
  const urlOf = (name: string): string => `${baseUrl()}/${name}`;

  const api = (name?: string): EnvironmentApi => {
    const found = name === undefined ? [...apis.values()][0] : apis.get(name);
    if (!found) throw noRecord('environment', name ?? '');
    return found;
  };
  const environment = (name?: string): Environment => api(name).environment;
  const ofResource = (resource: string): Environment | undefined =>
    [...apis.values()].find(({ url }) => url() === resource)?.environment;

  const entra = createEntra({
    app,
    now,
    tenantOf: (resource) => ofResource(resource)?.tenantId,
    isTenant: (id) => [...apis.values()].some((one) => one.environment.tenantId === id),
  });

  const emit = (name: string, changes: readonly RowChange[]): void => {
    const changed = environment(name);
    pushes.changed(changed, changes);
    nativeRules.changed(changed, changes);
    for (const listener of listeners) listener(changed, changes);
  };

  const makeApi = ({
    name,
    friendlyName,
    solution,
    assignmentRules,
    automation,
  }: SeedEnvironment): EnvironmentApi => {
    const made = createEnvironment(
      {
        name,
        friendlyName,
        tenantId: guidOf(`tenant ${name}`),
        now,
        emit: (changes) => emit(name, changes),
      },
      guidOf,
    );
    made.installed = {
      ...made.installed,
      solution: solution ?? true,
      assignmentRules: assignmentRules ?? true,
    };
    made.automation = { ...made.automation, ...automation };
    return {
      environment: made,
      limits: createProtectionLimits(now, options.limits),
      pages: createPages(),
      stats,
      faults,
      url: () => urlOf(name),
    };
  };

  const idTokens = createIdTokens({ now, lastsS: ID_TOKEN_S, ...ENTRA_KEYS });
  const router = Router();
  router.use(
    '/login',
    createEntraRouter({
      entra,
      idTokens,
      stats,
      now,
      directory: () => [...apis.values()].flatMap((one) => directoryOf(one.environment)),
      tenantOf: (resource) => ofResource(resource)?.tenantId,
      personOf: (resource) => {
        const found = ofResource(resource);
        const person = found && personOf(found);
        return person && { id: person.id, name: String(person.values.fullname) };
      },
    }),
  );
  router.use(createApiRouter({ entra, apiNamed: (name) => apis.get(name) }));

  return {
    router,
    app,
    entra,
    /** Who people are said to be. */
    idTokens,
    loginUrl: (): string => `${baseUrl()}/login`,
    /** Makes an environment, or adds people and teams to one that is there. */
    addEnvironment: (seed: SeedEnvironment): Environment => {
      const made = apis.get(seed.name) ?? makeApi(seed);
      apis.set(seed.name, made);
      seedEnvironment(made.environment, seed);
      return made.environment;
    },
    environment,
    environments: (): readonly Environment[] => [...apis.values()].map((one) => one.environment),
    url: (name?: string): string => api(name).url(),
    ...createPeopleWrites(environment),
    /** A record as it is stored. Throws DynamicsError. */
    record: (where: { readonly name?: string; readonly table?: string; readonly id: string }): Row =>
      storedRow(environment(where.name), where.table ?? 'lead', where.id),
    /** The rows of a table, as they are stored. */
    rows: (table: string, name?: string): readonly Row[] => [...rowsOf(environment(name), table).values()],
    /** The administrator agrees to the app and makes an application user for it. */
    install: (name?: string): Installation => {
      const found = environment(name);
      entra.consent(found.tenantId);
      seedApplicationUser(found, app.clientId);
      const user = applicationUser(found, app.clientId)!;
      rowsOf(found, 'systemuser').set(user.id, { ...user, values: { ...user.values, isdisabled: false } });
      const resource = api(name).url();
      const holder = { tenantId: found.tenantId, clientId: app.clientId, resource, userId: null };
      return {
        url: resource,
        loginUrl: `${baseUrl()}/login`,
        tenantId: found.tenantId,
        organizationId: found.id,
        userId: user.id,
        accessToken: entra.issue(holder).accessToken,
      };
    },
    /**
     * The administrator takes the app's access away: `consent` removes the app from the tenant, `user` disables its
     * application user and leaves it its tokens.
     */
    revoke: (name?: string, how: 'consent' | 'user' = 'consent'): void => {
      const found = environment(name);
      if (how === 'consent') {
        entra.remove(found.tenantId);
        return;
      }
      const user = applicationUser(found, app.clientId);
      if (user)
        rowsOf(found, 'systemuser').set(user.id, { ...user, values: { ...user.values, isdisabled: true } });
    },
    setAutomation: (change: Partial<Automation>, name?: string): void => {
      const found = environment(name);
      found.automation = { ...found.automation, ...change };
    },
    setInstalled: (change: Partial<Installed>, name?: string): void => {
      const found = environment(name);
      found.installed = { ...found.installed, ...change };
    },
    /** What a person's own browser asks of the Web API, as `Xrm.WebApi` does: with what people see of each value. */
    readAs: (userId: string, path: string, search: URLSearchParams, name?: string): Reply =>
      runOperation({
        method: 'GET',
        path,
        search,
        header: (header) => (header === 'prefer' ? 'odata.include-annotations="*"' : ''),
        body: '',
        actor: { userId, tag: null },
        api: api(name),
      }),
    /** Takes a privilege (`prvAssignLead`) out of the application user's role, or gives it back. */
    setPrivilege: (privilege: string, allowed: boolean, name?: string): void => {
      const { lackingPrivileges } = environment(name);
      if (allowed) lackingPrivileges.delete(privilege);
      else lackingPrivileges.add(privilege);
    },
    setFaults: (wanted: readonly DynamicsFault[]): void => faults.set(wanted),
    faults,
    limits: (name?: string) => api(name).limits,
    pushes,
    /** Drops, doubles, delays and reorders what is pushed. */
    setPushes: (change: PushChange): void => pushes.switches.set(change),
    stats: (): StatsView => stats.view(),
    resetStats: (): void => stats.reset(),
    /** Hears what each committed transaction changed; the returned function stops it. */
    onChange: (listener: (environment: Environment, changes: readonly RowChange[]) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: pushes.close,
  };
};

export type DynamicsSandbox = ReturnType<typeof createDynamics>;
