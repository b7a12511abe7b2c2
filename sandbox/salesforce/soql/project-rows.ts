import type { Org } from '../org.ts';
import type { ObjectDef } from '../schema/object.ts';
import { objectNamed, objectOfId } from '../schema/objects.ts';
import type { Row } from '../types.ts';
import type { Query, SelectItem } from './ast.ts';
import { queryError } from './query-error.ts';
import { follow, NAME, type Resolved, resolvePath } from './resolve-path.ts';

/** A record as the API answers it. */
export type RecordView = Record<string, unknown>;

export interface ViewContext {
  readonly org: Org;
  readonly soql: string;
  /** Such as 67.0: it stands in the addresses of records. */
  readonly version: string;
}

/** `attributes` of a record. */
export const attributesOf = (version: string, type: string, row: Row) => ({
  type,
  url: `/services/data/v${version}/sobjects/${objectOfId(row.Id)?.name ?? type}/${row.Id}`,
});

type Put = (view: RecordView, row: Row) => void;

/** Puts one selected value where it belongs: `Owner.Name` inside `Owner`. */
const putField = ({ org, version }: ViewContext, { steps, field, read }: Resolved): Put => {
  if (steps.length === 0) {
    const { name } = field;
    return (view, row) => {
      view[name] = row[name] ?? null;
    };
  }
  return (view, row) => {
    let at = view;
    let from: Row | undefined = row;
    for (const step of steps) {
      const name = step.field.relationshipName ?? '';
      from = from && follow(org, from[step.field.name]);
      if (!from) {
        at[name] ??= null;
        return;
      }
      const inner = (at[name] ?? { attributes: attributesOf(version, step.entity.name, from) }) as RecordView;
      at[name] = inner;
      at = inner;
    }
    at[field.name] = read(row);
  };
};

const putTypeof = (context: ViewContext, object: ObjectDef, item: SelectItem & { kind: 'typeof' }): Put => {
  const { org, soql, version } = context;
  const name = item.path.names[0] ?? '';
  const field = object.fields.find((one) => one.relationshipName?.toLowerCase() === name.toLowerCase());
  if (!field || field.referenceTo.length < 2)
    throw queryError(
      'INVALID_FIELD',
      soql,
      item.path.at,
      `'${name}' is not a polymorphic relationship on entity '${object.name}'`,
    );
  const cases = new Map(
    item.cases.map(({ type, fields }) => {
      const target = objectNamed(type, org);
      if (!target)
        throw queryError('INVALID_TYPE', soql, item.path.at, `sObject type '${type}' is not supported.`);
      return [target.name, fields.map((path) => resolvePath(org, soql, target, path))] as const;
    }),
  );
  const otherwise = item.otherwise.map((path) => resolvePath(org, soql, NAME, path));
  return (view, row) => {
    const target = follow(org, row[field.name]);
    const type = target && (objectOfId(target.Id)?.name ?? '');
    const shown = (cases.get(type ?? '') ?? otherwise).map((one) => [
      one.field.name,
      target ? one.read(target) : null,
    ]);
    view[field.relationshipName ?? ''] = target
      ? { attributes: attributesOf(version, type ?? '', target), ...Object.fromEntries(shown) }
      : null;
  };
};

/** How rows are turned into the records that were asked for. Throws SalesforceError for unknown fields. */
export const createProjection = (
  context: ViewContext,
  object: ObjectDef,
  select: Query['select'],
): ((row: Row) => RecordView) => {
  const puts = select.map((item): Put => {
    if (item.kind === 'field')
      return putField(context, resolvePath(context.org, context.soql, object, item.path));
    if (item.kind === 'typeof') return putTypeof(context, object, item);
    return () => undefined;
  });
  return (row) => {
    const view: RecordView = { attributes: attributesOf(context.version, object.name, row) };
    for (const put of puts) put(view, row);
    return view;
  };
};
