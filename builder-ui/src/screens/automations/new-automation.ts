/** An id that nobody has to think of: names change, ids stay. */
export const newAutomationId = (): string => `automation-${crypto.randomUUID().slice(0, 8)}`;
