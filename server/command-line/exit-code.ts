/** What a command ends with: done, done and something is wrong, or given something it cannot work with. */
export type ExitCode = 0 | 1 | 2;
