import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Built by `npm ci` (the prepare script); the service serves `console/dist`. */
export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 700, reportCompressedSize: false },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:3000' } },
});
