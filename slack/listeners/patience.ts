/** How long the answer to a form is waited for before it is closed; Slack waits three seconds. Milliseconds. */
const PATIENCE = 2_000;

/** The answer, or `over` when it takes longer than a form can be kept open. */
export const within = async <T>(answer: Promise<T>): Promise<T | 'over'> => {
  const { promise, resolve } = Promise.withResolvers<'over'>();
  const timer = setTimeout(resolve, PATIENCE, 'over');
  return Promise.race([answer, promise]).finally(() => clearTimeout(timer));
};
