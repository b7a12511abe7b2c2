/** Keeps a value, forgetting the one kept longest where there is no room. */
export const keep = <T>(map: Map<string, T>, key: string, value: T, most: number): T => {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > most ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
  return value;
};
