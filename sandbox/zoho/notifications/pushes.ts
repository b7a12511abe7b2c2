import { Agent, request } from 'undici';
import { createPushSwitches } from '../../push-switches.ts';
import type { Scheduler } from '../../scheduler.ts';
import { apiUrl } from '../data-centres.ts';
import { type Org, tableOf } from '../org.ts';
import type { RowChange } from '../types.ts';
import type { Channel, Channels } from './channels.ts';

/** How notifications behave. How long they gather and how they are retried is not published. */
export interface PushTiming {
  readonly gatherMs: number;
  /** Ids in one call. */
  readonly batch: number;
  /** Tries after a failed one, each so long after the one before. Unset: none: a lost push stays lost. */
  readonly retryMs: readonly number[];
}

const DEFAULTS: PushTiming = { gatherMs: 50, batch: 100, retryMs: [] };
const TIMEOUT_MS = 10_000;
const KEPT = 1_000;

/** One call as it went, for people and tests. */
export interface PushDelivery {
  readonly at: number;
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly status: number | null;
}

/** You subscribe to `create` and `edit`, and hear of `insert` and `update`. */
const EVENT_OF = { insert: 'create', update: 'edit', delete: 'delete' } as const;

const wants = ({ events }: Channel, { module, operation }: RowChange): boolean =>
  events.includes(`${module}.all`) || events.includes(`${module}.${EVENT_OF[operation]}`);

const namesOf = (changes: readonly RowChange[]): readonly Readonly<Record<string, readonly string[]>>[] =>
  changes.map(({ id, fields }) => ({ [id]: fields }));

const valuesOf = (org: Org, changes: readonly RowChange[]) =>
  changes.map(({ module, id, fields }) => {
    const row = org.tables.has(module) ? tableOf(org, module).get(id) : undefined;
    return { record_id: id, values: Object.fromEntries(fields.map((name) => [name, row?.[name] ?? null])) };
  });

interface PushDeps {
  readonly channels: Channels;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly baseUrl: () => string;
}

/** Gathers changes into calls of each channel's address: ids and the channel's token, and no values unless asked for. */
export const createPushes = ({ channels, scheduler, random, baseUrl }: PushDeps) => {
  let timing = DEFAULTS;
  let gathered: { readonly org: Org; readonly change: RowChange }[] = [];
  let gathering = false;
  let flying = 0;
  const deliveries: PushDelivery[] = [];
  const dispatcher = new Agent({ connections: 20 });
  const switches = createPushSwitches({ random, scheduler });

  const post = async (url: string, body: Readonly<Record<string, unknown>>): Promise<number | null> => {
    try {
      const reply = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        dispatcher,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await reply.body.dump();
      return reply.statusCode;
    } catch {
      return null;
    }
  };

  const send = async (url: string, body: Readonly<Record<string, unknown>>, attempt = 0): Promise<void> => {
    flying += 1;
    const status = await post(url, body);
    flying -= 1;
    deliveries.push({ at: scheduler.now(), url, body, status });
    if (deliveries.length > KEPT) deliveries.shift();
    const wait = timing.retryMs[attempt];
    if ((status === null || status >= 300) && wait !== undefined)
      scheduler.after(wait, () => void send(url, body, attempt + 1));
  };

  const bodyOf = (org: Org, channel: Channel, changes: readonly RowChange[]) => {
    const [{ module, operation }] = changes as [RowChange];
    return {
      server_time: scheduler.now(),
      affected_values: channel.withValues ? valuesOf(org, changes) : [],
      query_params: Object.fromEntries(new URL(channel.notifyUrl).searchParams),
      module,
      resource_uri: `${apiUrl(baseUrl(), org.dc)}/crm/v8/${module}`,
      ids: changes.map(({ id }) => id),
      affected_fields: operation === 'update' ? namesOf(changes) : [],
      operation,
      channel_id: channel.channelId,
      token: channel.token,
    };
  };

  /** One record once in a call, with all that changed of it. */
  const joined = (changes: readonly RowChange[]): readonly RowChange[] =>
    [...Map.groupBy(changes, ({ id }) => id).values()].map((all) => ({
      ...all[0]!,
      fields: [...new Set(all.flatMap(({ fields }) => fields))],
    }));

  const flush = (): void => {
    gathering = false;
    const all = switches.order(gathered);
    gathered = [];
    const groups = Map.groupBy(all, ({ org, change }) => `${org.id} ${change.module} ${change.operation}`);
    for (const group of groups.values()) {
      const { org } = group[0]!;
      const changes = joined(group.map(({ change }) => change));
      for (const channel of channels.alive(org)) {
        if (!wants(channel, changes[0]!)) continue;
        for (let from = 0; from < changes.length; from += timing.batch) {
          const body = bodyOf(org, channel, changes.slice(from, from + timing.batch));
          switches.pass(() => void send(channel.notifyUrl, body));
        }
      }
    }
  };

  return {
    changed: (org: Org, changes: readonly RowChange[]): void => {
      gathered.push(...changes.map((change) => ({ org, change })));
      if (gathering || gathered.length === 0) return;
      gathering = true;
      scheduler.after(timing.gatherMs, flush);
    },
    /** Sends a body as it is: forged, foreign or odd ones. */
    inject: (url: string, body: Readonly<Record<string, unknown>>): Promise<void> => send(url, body),
    set: (change: Partial<PushTiming>): void => {
      timing = { ...timing, ...change };
    },
    switches,
    deliveries: (): readonly PushDelivery[] => deliveries,
    /** Nothing gathered, held or under way. */
    idle: (): boolean => gathered.length === 0 && switches.held() === 0 && flying === 0,
    close: (): Promise<void> => {
      switches.close();
      return dispatcher.destroy();
    },
  };
};
