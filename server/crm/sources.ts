/** A declared field's source, `contact.country`: the object type it is on and the property's name there. */
export interface PropertySource {
  readonly objectType: string;
  readonly property: string;
}

/** Declared fields with the source each is read from. */
export type Sources = Readonly<Record<string, string>>;

/** null: not of the form `type.property`. */
export const parseSource = (source: string): PropertySource | null => {
  const dot = source.indexOf('.');
  if (dot <= 0 || dot === source.length - 1) return null;
  return { objectType: source.slice(0, dot).toLowerCase(), property: source.slice(dot + 1) };
};

/** Values whose source is on this object type, by property. */
export const valuesOf = (
  objectType: string,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([source, value]) => {
      const parsed = parseSource(source);
      return parsed?.objectType === objectType ? [[parsed.property, value]] : [];
    }),
  );

/** The properties that sources need of each object type. */
export const propertiesByType = (sources: readonly Sources[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const byType = new Map<string, Set<string>>();
  for (const source of sources.flatMap((each) => Object.values(each))) {
    const parsed = parseSource(source);
    if (!parsed) continue;
    const properties = byType.get(parsed.objectType) ?? new Set();
    byType.set(parsed.objectType, properties.add(parsed.property));
  }
  return byType;
};

/** What sources are read from; `fieldOf`: the field a source names there, or null. */
export const fieldsOf = (
  sources: readonly Sources[],
  fieldOf: (source: string) => string | null,
): readonly string[] =>
  sources.flatMap((each) => Object.values(each)).flatMap((source) => fieldOf(source) ?? []);

/** The declared fields' values. `fieldOf`: what a source names on the record, or null; `read`: its text, or null. */
export const readSources = <Field>(
  sources: Sources,
  fieldOf: (source: string) => Field | null,
  read: (field: Field) => string | null,
): Readonly<Record<string, string | null>> =>
  Object.fromEntries(
    Object.entries(sources).map(([name, source]) => {
      const field = fieldOf(source);
      return [name, field === null ? null : read(field)];
    }),
  );
