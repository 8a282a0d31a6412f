import type { Row } from '../row.ts';
import { backTestRow } from './back-test.ts';
import { canvasRow } from './canvas.ts';
import { clocksRow } from './clocks.ts';
import { coreRow } from './core.ts';
import { explanationRow } from './explanation.ts';
import { historyRow } from './history.ts';
import { importRow } from './import.ts';
import { latencyRow } from './latency.ts';
import { listsRow } from './lists.ts';
import { liveRow } from './live.ts';
import { memoryRow } from './memory.ts';
import { rebuildRow } from './rebuild.ts';
import { runsRow } from './runs.ts';
import { segmentsRow } from './segments.ts';

/** In the order in which they run. */
export const rows: readonly Row[] = [
  coreRow,
  historyRow,
  explanationRow,
  backTestRow,
  listsRow,
  segmentsRow,
  liveRow,
  latencyRow,
  runsRow,
  clocksRow,
  memoryRow,
  rebuildRow,
  importRow,
  canvasRow,
];
