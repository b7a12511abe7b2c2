/**
 * The JSON of a reply's body; undefined: it has none. A broken body under a success is a broken connection and throws;
 * under a failure the status says enough.
 */
export const jsonOf = (text: string, status: number): unknown => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (status < 300) throw error;
    return undefined;
  }
};

/** Whether a reply says that its body is JSON: a proxy's page in its place does not. */
export const saysJson = (headers: Headers): boolean => (headers.get('content-type') ?? '').includes('json');
