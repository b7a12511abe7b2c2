/** The mark by which a task or note of ours is known again. */
export const markOf = (decisionId: string): string => `Fairlead decision ${decisionId}`;
