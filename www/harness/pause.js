// Ways to wait.
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// Rejects after so long.
export const late = (ms) => sleep(ms).then(() => Promise.reject(new Error(`nothing arrived within ${ms} ms`)));

// Once the page has nothing to do.
export const atRest = (work) => (window.requestIdleCallback ? requestIdleCallback(work, { timeout: 2000 }) : setTimeout(work, 200));
