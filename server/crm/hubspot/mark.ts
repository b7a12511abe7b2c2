/** The mark by which a task or note of ours is known again: its decision's id, or what a task about an SLA says. */
export const markOf = (about: string): string => `Fairlead decision ${about}`;
