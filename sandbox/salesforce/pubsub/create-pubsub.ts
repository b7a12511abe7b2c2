import { fileURLToPath } from 'node:url';
import {
  loadPackageDefinition,
  type Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServiceClientConstructor,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { createPushSwitches } from '../../push-switches.ts';
import type { Scheduler } from '../../scheduler.ts';
import type { Session } from '../oauth/app.ts';
import type { Org } from '../org.ts';
import type { RowChange } from '../types.ts';
import { createChangeEvents } from './change-events.ts';
import { createEventBus, type EventBus } from './event-bus.ts';
import { leadChangeSchema } from './lead-change-schema.ts';
import { notOffered, PubSubError, unauthenticated } from './pubsub-error.ts';
import { createSubscription, type FetchRequest } from './subscription.ts';

const PROTO = fileURLToPath(new URL('./pubsub.proto', import.meta.url));
const TOPIC = '/data/LeadChangeEvent';
/** Source: an empty response comes within 270 seconds. */
const KEEP_ALIVE_MS = 270_000;

export interface PubSubDeps {
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly session: (token: string) => Session | undefined;
  readonly orgWithId: (id: string) => Org | undefined;
  readonly instanceUrl: (org: Org) => string;
}

interface OrgBus {
  readonly bus: EventBus;
  readonly events: ReturnType<typeof createChangeEvents>;
}

const text = (metadata: Metadata, name: string): string => String(metadata.get(name)[0] ?? '');

/** The org's address goes by both names of this machine. */
const thisMachine = (url: string): string => url.replace('//localhost:', '//127.0.0.1:');

const asError = (error: unknown): PubSubError =>
  error instanceof PubSubError
    ? error
    : new PubSubError(status.INTERNAL, 'service.error', error instanceof Error ? error.message : 'unknown');

/** The stand-in for the Pub/Sub API: leads' changes of every org as Avro over gRPC, beside the HTTP port. */
export const createPubSub = (deps: PubSubDeps) => {
  const buses = new Map<string, OrgBus>();
  const schemas = new Map<string, string>();
  const pushes = createPushSwitches({ random: deps.random, scheduler: deps.scheduler });
  const streams = new Set<{ readonly fail: (error: PubSubError) => void; readonly signal: () => void }>();
  let keepAliveMs = KEEP_ALIVE_MS;
  let server: Server | null = null;
  let url: string | null = null;
  let counts = { streams: 0, delivered: 0, schemas: 0 };

  const busOf = (org: Org): OrgBus => {
    const known = buses.get(org.id);
    if (known !== undefined) return known;
    const bus = createEventBus(org.now);
    const made = { bus, events: createChangeEvents(org, bus, pushes) };
    buses.set(org.id, made);
    return made;
  };

  const authorise = (metadata: Metadata): { readonly org: Org; readonly token: string } => {
    const token = text(metadata, 'accesstoken');
    const org = deps.orgWithId(text(metadata, 'tenantid'));
    const session = deps.session(token);
    if (!org || !session || session.orgId !== org.id) throw unauthenticated();
    if (thisMachine(text(metadata, 'instanceurl')) !== thisMachine(deps.instanceUrl(org)))
      throw unauthenticated();
    return { org, token };
  };

  const offered = (org: Org, topic: string): void => {
    if (org.changeData !== 'on') throw notOffered(org.changeData === 'not_in_edition');
    if (topic !== TOPIC) throw notOffered(false);
  };

  const schemaOf = (org: Org): string => {
    const { id, json } = leadChangeSchema(org);
    schemas.set(id, json);
    return id;
  };

  const unary =
    <Request>(answer: (request: Request, org: Org) => unknown) =>
    (call: ServerUnaryCall<Request, unknown>, reply: sendUnaryData<unknown>): void => {
      try {
        reply(null, answer(call.request, authorise(call.metadata).org));
      } catch (error) {
        reply(asError(error));
      }
    };

  const subscribe = (call: ServerDuplexStream<FetchRequest, unknown>): void => {
    let known: { readonly org: Org; readonly token: string };
    try {
      known = authorise(call.metadata);
    } catch (error) {
      return void call.emit('error', asError(error));
    }
    const fail = (error: PubSubError): void => {
      leave();
      call.emit('error', error);
    };
    const subscription = createSubscription(
      {
        bus: busOf(known.org).bus,
        scheduler: deps.scheduler,
        send: (response) => call.write(response),
        keepAliveMs: () => keepAliveMs,
        authorised: () => deps.session(known.token) !== undefined,
        onDelivered: (count) => {
          counts = { ...counts, delivered: counts.delivered + count };
        },
      },
      (error) => fail(error ?? unauthenticated()),
    );
    const open = { fail, signal: subscription.signal };
    const leave = (): void => {
      streams.delete(open);
      subscription.end();
    };
    streams.add(open);
    counts = { ...counts, streams: counts.streams + 1 };
    call.on('data', (request: FetchRequest) => {
      try {
        if (request.topic_name !== '') offered(known.org, request.topic_name);
        subscription.take(request);
      } catch (error) {
        fail(asError(error));
      }
    });
    call.on('cancelled', leave);
    call.on('end', () => {
      leave();
      call.end();
    });
  };

  const service = (): Server => {
    const definition = loadSync(PROTO, { keepCase: true, defaults: true, enums: String, longs: String });
    const loaded = loadPackageDefinition(definition) as unknown as {
      eventbus: { v1: { PubSub: ServiceClientConstructor } };
    };
    const made = new Server();
    made.addService(loaded.eventbus.v1.PubSub.service, {
      GetTopic: unary(({ topic_name }: { topic_name: string }, org) => {
        offered(org, topic_name);
        return {
          topic_name,
          tenant_guid: org.id,
          can_publish: false,
          can_subscribe: true,
          schema_id: schemaOf(org),
          rpc_id: crypto.randomUUID(),
        };
      }),
      GetSchema: unary(({ schema_id }: { schema_id: string }, org) => {
        schemaOf(org);
        counts = { ...counts, schemas: counts.schemas + 1 };
        const schema_json = schemas.get(schema_id);
        if (schema_json === undefined)
          throw new PubSubError(status.NOT_FOUND, 'schema.not.found', 'The schema is not known.');
        return { schema_json, schema_id, rpc_id: crypto.randomUUID() };
      }),
      Subscribe: subscribe,
    });
    return made;
  };

  return {
    /** Begins to answer; port 0 takes a free one. */
    listen: async (port = 0, host = '127.0.0.1'): Promise<void> => {
      const made = service();
      const got = await new Promise<number>((resolve, reject) =>
        made.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
          error ? reject(error) : resolve(bound),
        ),
      );
      server = made;
      url = `http://${host}:${got}`;
    },
    /** Where it listens. */
    url: (): string => {
      if (url === null) throw new Error('the Pub/Sub stand-in does not listen yet');
      return url;
    },
    /** A transaction was committed. */
    changed: (org: Org, changes: readonly RowChange[]): void => {
      schemaOf(org);
      if (org.changeData === 'on') busOf(org).events.tell(changes);
    },
    /** Tells of changes in their place: `GAP_UPDATE` with the records, `GAP_OVERFLOW` with none. */
    gap: (org: Org, changeType: `GAP_${string}`, ids: readonly string[]): void =>
      busOf(org).events.gap(changeType, ids),
    pushes,
    /** Cuts every stream, as a release of Salesforce does. */
    breakStreams: (): void => {
      const error = new PubSubError(status.UNAVAILABLE, 'service.unavailable', 'The server is restarting.');
      for (const { fail } of [...streams]) fail(error);
    },
    /** Gives a sign of life on every stream. */
    signal: (): void => {
      for (const { signal } of streams) signal();
    },
    setKeepAlive: (ms: number): void => {
      keepAliveMs = ms;
    },
    stats: () => ({ ...counts, open: streams.size }),
    close: (): void => {
      pushes.close();
      server?.forceShutdown();
    },
  };
};
