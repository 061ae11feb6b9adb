// What lies in IndexedDB: but for reading its keys, nobody outside sees.

/** How many events this page's origin has there. */
export const lying = (page) => page.evaluate(async () => {
  if (!(await indexedDB.databases()).some(({ name }) => name === "privateer")) return 0;
  const answered = (request) => new Promise((done, fail) => Object.assign(request, { onsuccess: () => done(request.result), onerror: () => fail(request.error) }));
  const database = await answered(indexedDB.open("privateer", 1));
  const keys = await answered(database.transaction("events").objectStore("events").getAllKeys());
  database.close();
  return keys.length;
});
