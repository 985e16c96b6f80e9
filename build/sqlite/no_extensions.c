/* The managed binding names these two functions, so the linker wants them; SQLite is built without them, so that nothing can make it load code. */
#include "sqlite3.h"

int sqlite3_enable_load_extension(sqlite3 *db, int onoff) {
  (void)db;
  return onoff ? SQLITE_ERROR : SQLITE_OK;
}

int sqlite3_load_extension(sqlite3 *db, const char *file, const char *entry, char **message) {
  (void)db, (void)file, (void)entry;
  if (message) *message = 0;
  return SQLITE_ERROR;
}
