/** Hands text to the person as a file. */
export const downloadText = (name: string, text: string, type = 'application/json'): void => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = window.document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

export const downloadJson = (name: string, document: unknown): void =>
  downloadText(`${name}.json`, `${JSON.stringify(document, null, 2)}\n`);
