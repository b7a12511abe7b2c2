/** A declared field's source, `contact.country`: the object type it is on and the property's name there. */
export interface PropertySource {
  readonly objectType: string;
  readonly property: string;
}

/** null: not of the form `type.property`. */
export const parseSource = (source: string): PropertySource | null => {
  const dot = source.indexOf('.');
  if (dot <= 0 || dot === source.length - 1) return null;
  return { objectType: source.slice(0, dot).toLowerCase(), property: source.slice(dot + 1) };
};

/** The properties that sources need of each object type. */
export const propertiesByType = (
  sources: readonly Readonly<Record<string, string>>[],
): ReadonlyMap<string, ReadonlySet<string>> => {
  const byType = new Map<string, Set<string>>();
  for (const source of sources.flatMap((each) => Object.values(each))) {
    const parsed = parseSource(source);
    if (!parsed) continue;
    const properties = byType.get(parsed.objectType) ?? new Set();
    byType.set(parsed.objectType, properties.add(parsed.property));
  }
  return byType;
};
