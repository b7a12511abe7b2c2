/** Does something to each input, few at once. Results in order; the first failure is thrown once all have ended. */
export const eachOf = async <Input, Output>(
  inputs: readonly Input[],
  atOnce: number,
  work: (input: Input) => Promise<Output>,
): Promise<readonly Output[]> => {
  const results: Output[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < inputs.length && failures.length === 0) {
      const index = next++;
      try {
        results[index] = await work(inputs[index] as Input);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, inputs.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
};
