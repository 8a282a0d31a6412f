// Loaded before a part's own code: when the supervisor dies without a word (kill -9), the part is asked to end as usual,
// rather than going on without anybody to restart or stop it.
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGTERM');
  // Whoever does not end by itself in that time is ended; nothing that was committed is lost by it.
  setTimeout(() => process.exit(1), 15_000).unref();
}, 500);
watch.unref();
