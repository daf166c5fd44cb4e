#include <sqlite3.h>

// Swift imports neither variadic functions nor the cast behind SQLITE_TRANSIENT.

/// Schema of the file may then call no function with side effects, and nothing may corrupt it on purpose.
static inline int csqlite_distrust(sqlite3 *db) {
    int rc = sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
    return rc != SQLITE_OK ? rc : sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
}

/// Neither counts nor locks what SQLite allocates; no effect once SQLite is in use. Connections stay on one thread each,
/// and their caches are their own.
static inline int csqlite_allocate_plainly(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/// Room for so many small allocations of the connection, so that binding a row's values does without malloc.
static inline int csqlite_reserve(sqlite3 *db, int count) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_LOOKASIDE, (void *)0, 1200, count);
}

static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, text, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}

/// Waits until what was written to the database file and to its write-ahead log is on the disk. Takes no lock.
static inline void csqlite_sync(sqlite3 *db) {
    int which[] = {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER};
    for (int i = 0; i < 2; i++) {
        sqlite3_file *file = (sqlite3_file *)0;
        if (sqlite3_file_control(db, "main", which[i], &file) == SQLITE_OK && file && file->pMethods) {
            file->pMethods->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
        }
    }
}
