/** What a column holds; `choice` is a whole number with labels, `owner` a user or a team. */
export type ColumnType =
  | 'id'
  | 'string'
  | 'memo'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'boolean'
  | 'choice'
  | 'state'
  | 'status'
  | 'datetime'
  | 'lookup'
  | 'owner'
  | 'guid';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** The server sets it: a value in a body is left aside. */
  readonly readOnly?: boolean;
  /** Characters of a text. */
  readonly max?: number;
  readonly labels?: Readonly<Record<number, string>>;
  /** Tables a lookup may point at. */
  readonly targets?: readonly string[];
  /** Can be written and never read. */
  readonly secret?: boolean;
  /** Part of Fairlead's solution: there only where that is installed. */
  readonly ofSolution?: boolean;
}

type Options = Omit<Column, 'name' | 'type'>;

const make =
  (type: ColumnType, defaults: Options = {}) =>
  (name: string, options: Options = {}): Column => ({ name, type, ...defaults, ...options });

export const string = make('string', { max: 100 });
export const memo = make('memo', { max: 1_048_576 });
export const integer = make('integer');
export const money = make('money');
export const boolean = make('boolean', { labels: { 0: 'No', 1: 'Yes' } });
export const datetime = make('datetime');
export const guid = make('guid');
export const choice = (name: string, labels: Readonly<Record<number, string>>): Column => ({
  name,
  type: 'choice',
  labels,
});
export const lookup = (name: string, ...targets: readonly string[]): Column => ({
  name,
  type: 'lookup',
  targets,
});
export const readOnly = (column: Column): Column => ({ ...column, readOnly: true });

/** A table: its names, its columns, and the names by which lookups are bound in bodies. */
export interface Table {
  readonly name: string;
  readonly entitySet: string;
  readonly primaryId: string;
  readonly primaryName: string;
  readonly columns: ReadonlyMap<string, Column>;
  /** Name in `…@odata.bind` → the column and the tables it may point at. */
  readonly navigations: ReadonlyMap<string, { readonly column: string; readonly targets: readonly string[] }>;
  readonly owned: boolean;
  readonly changeTracking: boolean;
  /** 0 is open; of the others records can be reopened. */
  readonly stateOf: ReadonlyMap<number, number>;
  /** Values a new record has unless told otherwise. */
  readonly defaults: Readonly<Record<string, string | number | boolean>>;
}

interface Definition {
  readonly name: string;
  readonly entitySet?: string;
  readonly primaryId?: string;
  readonly primaryName: string;
  readonly owned?: boolean;
  readonly changeTracking?: boolean;
  readonly columns: readonly Column[];
  /** By the label of each state, 0 first, its reasons: code → label. */
  readonly states?: Readonly<Record<string, Readonly<Record<number, string>>>>;
  readonly defaults?: Table['defaults'];
  /** Names of lookups in bodies that are not the column's own. */
  readonly bind?: Readonly<Record<string, { readonly column: string; readonly target: string }>>;
}

const COMMON: readonly Column[] = [
  readOnly(datetime('createdon')),
  readOnly(datetime('modifiedon')),
  readOnly(lookup('createdby', 'systemuser')),
  readOnly(lookup('modifiedby', 'systemuser')),
];

const stateColumns = ({ states }: Definition): readonly Column[] =>
  states === undefined
    ? []
    : [
        { name: 'statecode', type: 'state', labels: Object.fromEntries(Object.keys(states).entries()) },
        { name: 'statuscode', type: 'status', labels: Object.assign({}, ...Object.values(states)) },
      ];

const bindNames = (columns: readonly Column[], { bind = {} }: Definition): Table['navigations'] => {
  const own = columns
    .filter(({ type, targets }) => type === 'owner' || (type === 'lookup' && targets?.length === 1))
    .map(({ name, targets = [] }) => [name, { column: name, targets }] as const);
  const named = Object.entries(bind).map(
    ([name, { column, target }]) => [name, { column, targets: [target] }] as const,
  );
  return new Map([...own, ...named]);
};

/** Source: the reference of Dataverse's tables; columns nobody here asks for are left out. */
export const defineTable = (definition: Definition): Table => {
  const { name, primaryName, owned = false } = definition;
  const primaryId = definition.primaryId ?? `${name}id`;
  const owner: readonly Column[] = owned
    ? [{ name: 'ownerid', type: 'owner', targets: ['systemuser', 'team'] }]
    : [];
  const columns = [
    { name: primaryId, type: 'id' } as const,
    ...definition.columns,
    ...owner,
    ...stateColumns(definition),
    ...COMMON,
  ];
  return {
    name,
    entitySet: definition.entitySet ?? `${name}s`,
    primaryId,
    primaryName,
    columns: new Map(columns.map((column) => [column.name, column])),
    navigations: bindNames(columns, definition),
    owned,
    changeTracking: definition.changeTracking ?? false,
    stateOf: new Map(
      Object.values(definition.states ?? {}).flatMap((reasons, state) =>
        Object.keys(reasons).map((code) => [Number(code), state] as const),
      ),
    ),
    defaults: definition.defaults ?? {},
  };
};
