/** One key space for the locks of lanes. */
const lockSpace = 0x51be;

/**
 * The first round trip: the transaction, the lane's lock, and plans that never depend on what the tables held when they
 * were last analysed: every statement of a batch goes by index, whether its table is empty or huge.
 */
export const beginInLane = (lane: number): string =>
  `begin; set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off; set local enable_hashjoin = off;
   set local enable_mergejoin = off; set local jit = off; select pg_advisory_xact_lock(${lockSpace}, ${lane})`;
