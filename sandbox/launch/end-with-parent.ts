/**
 * Loaded before a program that another started (`node --import`): ends it when the starter is gone, however it went.
 * SIGTERM first, so that it drains as usual.
 */
const DRAIN_MS = 10_000;

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
});
// Listening must not keep alive a program that has nothing left to do.
process.channel?.unref();
