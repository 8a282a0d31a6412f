/** What was copied here last: where the browser lets nobody read its clipboard, pasting still works within Ripen. */
const key = 'ripen.clipboard';

/** For copying by a button; keys go through the page's own copy event, which needs no permission. */
export const writeClipboard = async (text: string): Promise<void> => {
  keepCopy(text);
  await navigator.clipboard?.writeText(text).catch(() => undefined);
};

export const keepCopy = (text: string): void => {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Full or forbidden: the system's clipboard has it all the same.
  }
};

export const readSystemClipboard = async (): Promise<string> => {
  const text = await navigator.clipboard?.readText?.().catch(() => '');
  return text ? text : (localStorage.getItem(key) ?? '');
};
