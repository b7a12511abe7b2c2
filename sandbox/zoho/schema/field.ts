export type DataType =
  | 'text'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'website'
  | 'picklist'
  | 'integer'
  | 'bigint'
  | 'currency'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'ownerlookup'
  | 'lookup'
  /** A lookup into one of several modules. */
  | 'multi_module_lookup';

/** A field of a module, as `settings/fields` tells of it. */
export interface FieldDef {
  readonly api_name: string;
  readonly data_type: DataType;
  /** Characters. */
  readonly length: number;
  readonly mandatory: boolean;
  readonly read_only: boolean;
  readonly custom: boolean;
  /** Of lookups: where they point. */
  readonly module: string | null;
  /** No two records may have the same value. */
  readonly unique: boolean;
}

const LENGTHS: Partial<Record<DataType, number>> = {
  textarea: 32_000,
  email: 100,
  phone: 30,
  website: 450,
  picklist: 120,
};

export const field = (
  api_name: string,
  data_type: DataType = 'text',
  more: Partial<Omit<FieldDef, 'api_name' | 'data_type'>> = {},
): FieldDef => ({
  api_name,
  data_type,
  length: LENGTHS[data_type] ?? 255,
  mandatory: false,
  read_only: false,
  custom: false,
  module: null,
  unique: false,
  ...more,
});

/** Fields the caller never writes. */
export const system = (api_name: string, data_type: DataType, module: string | null = null): FieldDef =>
  field(api_name, data_type, { read_only: true, module });
