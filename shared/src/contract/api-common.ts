import { z } from 'zod';

/** Moments in the API are ISO 8601 in UTC; the core's whole milliseconds stay inside. */
export const momentSchema = z.iso.datetime();
export const uuidSchema = z.guid();

/** An error as RFC 9457 describes it: one shape for all of them. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** Stable, for programs. */
  code: z.string(),
  /** What exactly is wrong, where: a path into the request, or document and node of a definition. */
  errors: z
    .array(
      z.object({
        path: z.string(),
        message: z.string(),
        code: z.string().optional(),
        severity: z.enum(['error', 'warning']).optional(),
        document: z.object({ kind: z.string(), id: z.string() }).optional(),
        node: z.string().optional(),
      }),
    )
    .optional(),
});
export type ProblemDocument = z.infer<typeof problemSchema>;

/** Keyset pages: `next` goes into `after` of the next request; null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Items per page'),
  after: z.string().max(2_000).optional().describe('`next` of the page before'),
};

/** How many there are: exact up to a limit, beyond it an estimate or "at least". */
export const totalSchema = z.object({
  count: z.int(),
  exact: z.boolean(),
  /** Of an estimate from a sample: there are so many, 19 times in 20. */
  range: z.object({ from: z.int(), to: z.int() }).optional(),
});
export type Total = z.infer<typeof totalSchema>;

export const idParams = z.object({ id: z.string().min(1).max(200) });
export const uuidParams = z.object({ id: uuidSchema });
export const noContentSchema = z.null();

/** Any JSON document; definitions are described at /api/schemas. */
export const documentSchema = z.record(z.string(), z.unknown());
export const jsonSchema = z.unknown();
