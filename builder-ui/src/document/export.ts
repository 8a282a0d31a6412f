import { automationSchema, canonicalText } from '@ripen/shared';

/** An automation as files keep it; an unfinished one, which no schema fits yet, as it is. */
export const exportText = (document: unknown): string => {
  const whole = automationSchema.safeParse(document);
  return whole.success ? canonicalText(whole.data) : `${JSON.stringify(document, null, 2)}\n`;
};
