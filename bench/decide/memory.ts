/** The service's resident size in MB, as its own metrics say. */
export async function memoryOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const bytes = text.match(/^process_resident_memory_bytes(?:\{[^}]*\})? (\S+)$/m)?.[1];
  if (!bytes) throw new Error('The service does not say its resident size in /metrics.');
  return Number(bytes) / 1e6;
}
