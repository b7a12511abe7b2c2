import { fileURLToPath } from 'node:url';
import {
  type ChannelCredentials,
  type Client,
  type ClientDuplexStream,
  credentials,
  loadPackageDefinition,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { PUBSUB } from '../facts.ts';

const PROTO = fileURLToPath(new URL('./pubsub.proto', import.meta.url));

/** How long a single question may take. Milliseconds. */
const UNARY_MS = 15_000;

export interface FetchRequest {
  readonly topic_name?: string;
  readonly replay_preset?: 'LATEST' | 'EARLIEST' | 'CUSTOM';
  readonly replay_id?: Buffer;
  readonly num_requested: number;
}

export interface FetchResponse {
  readonly events: readonly {
    readonly event: { readonly id: string; readonly schema_id: string; readonly payload: Buffer } | null;
    readonly replay_id: Buffer;
  }[];
  readonly latest_replay_id: Buffer;
}

/** Who asks, as Salesforce wants it in the metadata of every call. */
export interface Caller {
  readonly accessToken: string;
  readonly instanceUrl: string;
  /** The org's id, 18 characters. */
  readonly orgId: string;
}

type Answer<T> = (error: ServiceError | null, reply: T) => void;

interface PubSub extends Client {
  GetTopic(
    request: { topic_name: string },
    metadata: Metadata,
    options: object,
    answer: Answer<{ can_subscribe: boolean }>,
  ): void;
  GetSchema(
    request: { schema_id: string },
    metadata: Metadata,
    options: object,
    answer: Answer<{ schema_json: string }>,
  ): void;
  Subscribe(metadata: Metadata): ClientDuplexStream<FetchRequest, FetchResponse>;
}

type PubSubConstructor = new (address: string, secure: ChannelCredentials, options: object) => PubSub;

const load = (): PubSubConstructor => {
  const definition = loadSync(PROTO, { keepCase: true, defaults: true, enums: String, longs: String });
  const { eventbus } = loadPackageDefinition(definition) as unknown as {
    eventbus: { v1: { PubSub: PubSubConstructor } };
  };
  return eventbus.v1.PubSub;
};

/**
 * The Pub/Sub API at an address: `https://…`, or `http://` on this machine. One channel per address, which gRPC opens
 * and mends by itself. Failed calls throw gRPC's ServiceError.
 */
export const createPubSubClient = (url: string) => {
  const { host, protocol } = new URL(url);
  const secure = protocol === 'https:' ? credentials.createSsl() : credentials.createInsecure();
  const Service = load();
  const client = new Service(host, secure, {
    'grpc.keepalive_time_ms': PUBSUB.pingMs,
    'grpc.keepalive_permit_without_calls': 0,
  });
  const ask = <T>(send: (options: object, answer: Answer<T>) => void): Promise<T> =>
    new Promise((resolve, reject) =>
      send({ deadline: Date.now() + UNARY_MS }, (error, reply) => (error ? reject(error) : resolve(reply))),
    );
  return {
    /** Whether the caller may hear of this topic. */
    canSubscribe: async (caller: Caller, topic: string): Promise<boolean> => {
      const request = { topic_name: topic };
      const info = await ask<{ can_subscribe: boolean }>((options, answer) =>
        client.GetTopic(request, metadataOf(caller), options, answer),
      );
      return info.can_subscribe;
    },
    /** A schema as JSON. */
    schema: async (caller: Caller, schemaId: string): Promise<string> => {
      const info = await ask<{ schema_json: string }>((options, answer) =>
        client.GetSchema({ schema_id: schemaId }, metadataOf(caller), options, answer),
      );
      return info.schema_json;
    },
    subscribe: (caller: Caller) => client.Subscribe(metadataOf(caller)),
  };
};

export type PubSubClient = ReturnType<typeof createPubSubClient>;

const metadataOf = ({ accessToken, instanceUrl, orgId }: Caller): Metadata => {
  const metadata = new Metadata();
  metadata.set('accesstoken', accessToken);
  metadata.set('instanceurl', instanceUrl);
  metadata.set('tenantid', orgId);
  return metadata;
};
