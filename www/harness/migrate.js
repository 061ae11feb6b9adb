// What an older version stored, as it is stored now. Loaded where there is some.
const OLD = /^privateer\.event\.([^.]+)$/;

// Version 0.1.0 kept an event under its id alone, with a letter in front: q, it waits.
export function migrate(storage) {
  for (const key of Object.keys(storage).filter((name) => OLD.test(name))) {
    const event = storage.getItem(key);
    storage.removeItem(key);
    if (event[0] === "q") storage.setItem(key.replace(OLD, "privateer.event.old.$1"), event.slice(1));
  }
}
