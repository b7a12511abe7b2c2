import { fileURLToPath } from 'node:url';
import { loadSync } from '@grpc/proto-loader';
import { describe, expect, test } from 'vitest';
import { vendorSpecs } from '../support/vendor-specs.ts';

/** Salesforce's own description of its API. */
const THEIRS = vendorSpecs('salesforce/pubsub_api.proto') ?? '';
const OURS = {
  server: '../../server/crm/salesforce/stream/pubsub.proto',
  'stand-in': '../../sandbox/salesforce/pubsub/pubsub.proto',
};

type Field = { name: string; number: number; type: string; label: string; typeName: string };
type Described = { type?: { field?: Field[]; value?: { name: string; number: number }[] } };

const load = (path: string) => loadSync(path, { keepCase: true }) as unknown as Record<string, Described>;
const ours = (name: keyof typeof OURS) => load(fileURLToPath(new URL(OURS[name], import.meta.url)));
const shape = ({ name, number, type, label, typeName }: Field) => ({ name, number, type, label, typeName });

describe.skipIf(THEIRS === '').each(Object.keys(OURS) as (keyof typeof OURS)[])(
  'the .proto of the %s',
  (which) => {
    test('names messages and fields as Salesforce does, with the same numbers', () => {
      const theirs = load(THEIRS);
      const messages = Object.entries(ours(which)).filter(([, { type }]) => type !== undefined);
      expect(messages.length).toBeGreaterThan(5);
      for (const [name, { type }] of messages) {
        const known = theirs[name]?.type;
        expect(known, name).toBeDefined();
        for (const field of type?.field ?? [])
          expect(known?.field?.map(shape), name).toContainEqual(shape(field));
        for (const { name: value, number } of type?.value ?? [])
          expect(known?.value, name).toContainEqual(expect.objectContaining({ name: value, number }));
      }
    });

    test('calls methods of the same paths and kinds', () => {
      const theirs = load(THEIRS)['eventbus.v1.PubSub'] as unknown as Record<string, Record<string, unknown>>;
      const service = ours(which)['eventbus.v1.PubSub'] as unknown as Record<string, Record<string, unknown>>;
      expect(Object.keys(service)).toContain('Subscribe');
      for (const [name, { path, requestStream, responseStream }] of Object.entries(service))
        expect(theirs[name]).toMatchObject({ path, requestStream, responseStream });
    });
  },
);
