import type { Environment } from '../environment.ts';
import { columnOf, tableNamed } from '../schema/tables.ts';
import { isRef, type RowChange, type Value } from '../types.ts';

const CONTRACTS = 'http://schemas.microsoft.com/xrm/2011/Contracts';

/** Larger bodies lose what is listed below. Source: use webhooks, 256 KB. */
const LARGEST = 256 * 1024;
const LARGE_PARTS = ['ParentContext', 'InputParameters', 'PreEntityImages', 'PostEntityImages'] as const;

/** What a push is about, besides the change itself. */
export interface PushedOperation {
  readonly operationId: string;
  readonly correlationId: string;
  /** The step that sends it. */
  readonly stepId: string;
}

const date = (iso: string): string => `/Date(${Date.parse(iso)})/`;

const reference = (table: string, id: string) => ({
  __type: `EntityReference:${CONTRACTS}`,
  Id: id,
  KeyAttributes: [],
  LogicalName: table,
  Name: null,
  RowVersion: null,
});

const encode = (environment: Environment, table: string, name: string, value: Value): unknown => {
  if (value === null) return null;
  if (isRef(value)) return reference(value.table, value.id);
  const known = tableNamed(table);
  switch (known && columnOf(known, name, environment.installed)?.type) {
    case 'datetime':
      return date(String(value));
    case 'choice':
    case 'state':
    case 'status':
      return { __type: `OptionSetValue:${CONTRACTS}`, Value: value };
    case 'money':
      return { __type: `Money:${CONTRACTS}`, Value: value };
    default:
      return value;
  }
};

const entity = (environment: Environment, change: RowChange) => ({
  __type: `Entity:${CONTRACTS}`,
  Attributes: [
    ...Object.entries(change.values).map(([key, value]) => ({
      key,
      value: encode(environment, change.table, key, value),
    })),
    { key: tableNamed(change.table)?.primaryId ?? `${change.table}id`, value: change.id },
  ],
  EntityState: null,
  FormattedValues: [],
  Id: change.id,
  KeyAttributes: [],
  LogicalName: change.table,
  RelatedEntities: [],
  RowVersion: null,
});

const parameters = (environment: Environment, change: RowChange) => {
  switch (change.message) {
    case 'Create':
    case 'Update':
      return [{ key: 'Target', value: entity(environment, change) }];
    case 'Delete':
      return [{ key: 'Target', value: reference(change.table, change.id) }];
    case 'Merge':
      return [
        { key: 'Target', value: reference(change.table, change.id) },
        { key: 'SubordinateId', value: change.subordinateId },
        { key: 'PerformParentingChecks', value: false },
      ];
    default:
      return change.message satisfies never;
  }
};

/**
 * The body of a push and whether it was cut: a RemoteExecutionContext, in the JSON of .NET, which escapes every slash.
 */
export const executionContext = (
  environment: Environment,
  change: RowChange,
  { operationId, correlationId, stepId }: PushedOperation,
): { readonly body: string; readonly cut: boolean } => {
  const { tag, userId } = change.actor;
  const context: Record<string, unknown> = {
    BusinessUnitId: environment.businessUnitId,
    CorrelationId: correlationId,
    Depth: 1,
    InitiatingUserAzureActiveDirectoryObjectId: '00000000-0000-0000-0000-000000000000',
    InitiatingUserId: userId,
    InputParameters: parameters(environment, change),
    IsExecutingOffline: false,
    IsInTransaction: false,
    IsOfflinePlayback: false,
    IsolationMode: 1,
    MessageName: change.message,
    Mode: 1,
    OperationCreatedOn: `/Date(${change.at}+0000)/`,
    OperationId: operationId,
    OrganizationId: environment.id,
    OrganizationName: environment.name,
    OutputParameters: change.message === 'Create' ? [{ key: 'id', value: change.id }] : [],
    OwningExtension: reference('sdkmessageprocessingstep', stepId),
    ParentContext: null,
    PostEntityImages: [],
    PreEntityImages: [],
    PrimaryEntityId: change.id,
    PrimaryEntityName: change.table,
    RequestId: null,
    SecondaryEntityName: 'none',
    SharedVariables: tag === null ? [] : [{ key: 'tag', value: tag }],
    Stage: 40,
    UserId: userId,
  };
  const whole = encodeJson(context);
  if (Buffer.byteLength(whole) <= LARGEST) return { body: whole, cut: false };
  for (const part of LARGE_PARTS) delete context[part];
  return { body: encodeJson(context), cut: true };
};

const encodeJson = (context: unknown): string => JSON.stringify(context).replaceAll('/', '\\/');
