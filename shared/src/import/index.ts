/** Reading history from files: CSV by a mapping, JSON lines, in order of time. The command and the browser share it. */
export { readAccountCsvRow, readAccountRow, type ReadAccountRow } from './account-rows.ts';
export { BatchRoom } from './batches.ts';
export { csvRecords, type CsvRecord } from './csv-records.ts';
export { csvTable, delimiterOf, type CsvOptions, type CsvRow, type CsvTable } from './csv.ts';
export { AmbiguousDate, dateReader, mixedDateReader, type DateReader } from './dates.ts';
export { decoded, EncodingFinder, encodings, whyNoText, type Encoding } from './encoding.ts';
export { linesOf, maxLineLength, type Line } from './lines.ts';
export type { Lookup } from './lookup.ts';
export { MappingError } from './mapping-error.ts';
export { mappingSchema, type EventMapping, type FileMapping, type Mapping, type When } from './mapping.ts';
export { readCsvRow, readJsonLines, type ReadContext, type ReadRow, type ReadyMessage } from './messages.ts';
export { decimals, numberReader, type Decimal, type NumberReader } from './numbers.ts';
export { refusalHeader, refusalLine, mostRefusalsKept, RefusalsToKeep, type Refusal } from './refusals.ts';
export { rowMapper, type MappedMessage, type RowMapper } from './row-mapper.ts';
export { ExternalSorter, type Sortable, type SpillStore } from './sorter.ts';
export { packed, unpacked, type SortedEvent } from './sorted-event.ts';
