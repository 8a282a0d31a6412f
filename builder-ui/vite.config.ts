import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env['RIPEN_URL'] ?? 'http://127.0.0.1:4600';

export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, sourcemap: true, manifest: true },
  // `pnpm --filter @ripen/builder-ui dev` beside a running stack.
  server: { proxy: { '/api': api, '/v1': api } },
});
