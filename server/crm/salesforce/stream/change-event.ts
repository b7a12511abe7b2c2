import avro, { type Type } from 'avsc';
import { z } from 'zod';
import { fieldsOfBitmaps } from './bitmaps.ts';

/** What an event of Change Data Capture says of its change. Values are not kept: the record is read anew. */
export interface ChangeEvent {
  readonly recordIds: readonly string[];
  /** A gap says that something changed, not what; `overflow`: not even of which records. */
  readonly kind: 'changed' | 'gap' | 'overflow';
  /** The names of fields an update changed, parts of compound ones by their own name; null: any of them. */
  readonly fields: readonly string[] | null;
  /** By what program it was changed. */
  readonly origin: string;
  /** The same for a repeat of the event. */
  readonly key: string;
}

const texts = z.array(z.string()).default([]);

const header = z.object({
  ChangeEventHeader: z.object({
    recordIds: z.array(z.string()),
    changeType: z.string(),
    changeOrigin: z.string().default(''),
    transactionKey: z.string(),
    sequenceNumber: z.number(),
    nulledFields: texts,
    diffFields: texts,
    changedFields: texts,
  }),
});

/** Numbers beyond what JavaScript counts exactly: read whole, though none is needed. */
const wholeLong = avro.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(BigInt(value));
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a < b ? -1 : Number(a > b)),
});

/** An Avro schema as Salesforce gives it. Throws where it is none. */
export const parseSchema = (json: string): Type =>
  avro.Type.forSchema(JSON.parse(json), {
    wrapUnions: false,
    typeHook: (schema) => (nameOf(schema) === 'long' ? wholeLong : undefined),
  });

const nameOf = (schema: unknown): unknown =>
  typeof schema === 'object' && schema !== null && 'type' in schema ? schema.type : schema;

/** Reads an event. Throws where it does not fit the schema. */
export const decodeChange = (schema: Type, payload: Buffer): ChangeEvent => {
  const { ChangeEventHeader: head } = header.parse(schema.fromBuffer(payload));
  const { changeType } = head;
  return {
    recordIds: head.recordIds,
    kind: kindOf(changeType),
    fields:
      changeType === 'UPDATE'
        ? leaves(fieldsOfBitmaps(schema, [...head.changedFields, ...head.nulledFields, ...head.diffFields]))
        : null,
    origin: head.changeOrigin,
    key: `${head.transactionKey}/${head.sequenceNumber}`,
  };
};

const kindOf = (changeType: string): ChangeEvent['kind'] => {
  if (changeType === 'GAP_OVERFLOW') return 'overflow';
  return changeType.startsWith('GAP_') ? 'gap' : 'changed';
};

/** A part of a compound field is a field of the record by its own name: `Address.City` is `City`. */
const leaves = (names: readonly string[] | null): readonly string[] | null =>
  names?.map((name) => name.slice(name.lastIndexOf('.') + 1)) ?? null;
