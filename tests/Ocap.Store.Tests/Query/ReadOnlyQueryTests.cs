using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Ocap.Store.Query;
using SQLitePCL;

namespace Ocap.Store.Tests.Query;

public sealed class ReadOnlyQueryTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteKernelStore _store;
    private readonly ReadOnlyQuery _query;

    public ReadOnlyQueryTests()
    {
        _store = SqliteKernelStore.Open(_folder.Database);
        _store.Put(("a", "1"), ("ü", "\"quoted\"\n"));
        _query = new ReadOnlyQuery(_folder.Database) { MostTime = TimeSpan.FromMilliseconds(300) };
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Test]
    [Arguments("SELECT key, value FROM kv ORDER BY key", """[{"key":"a","value":"1"},{"key":"ü","value":"\"quoted\"\n"}]""")]
    [Arguments("SELECT 1 AS one, 2.5 AS f, NULL AS nul, 'x' AS s", """[{"one":1,"f":2.5,"nul":null,"s":"x"}]""")]
    [Arguments("SELECT count(*) AS n FROM kv", """[{"n":2}]""")]
    [Arguments("SELECT key FROM kv WHERE key='none'", "[]")]
    [Arguments("SELECT x'0102' AS b, x'' AS e", """[{"b":{"type":"Buffer","data":[1,2]},"e":{"type":"Buffer","data":[]}}]""")]
    [Arguments("SELECT 9223372036854775807 AS big, 9e999 AS inf, '' AS empty", """[{"big":9223372036854775807,"inf":null,"empty":""}]""")]
    [Arguments("SELECT 1 AS a, 2 AS b, 3 AS a", """[{"a":3,"b":2}]""")]
    [Arguments(" -- first\n SELECT 1 AS a; ; -- last\n /* really */ ", """[{"a":1}]""")]
    [Arguments("WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c WHERE x < 3) SELECT x FROM c", """[{"x":1},{"x":2},{"x":3}]""")]
    [Arguments("SELECT name FROM sqlite_master WHERE type = 'table'", """[{"name":"kv"},{"name":"kv_vatstore"}]""")]
    [Arguments("SELECT upper(key) AS k FROM kv WHERE key LIKE 'A%'", """[{"k":"A"}]""")]
    public async Task A_select_gives_its_rows_with_their_types(string sql, string json) => await Assert.That(Run(sql)).IsEqualTo(json);

    [Test]
    [Arguments("SELEC bad", "near \"SELEC\": syntax error")]
    [Arguments("SELECT * FROM nosuch", "no such table: nosuch")]
    [Arguments("DROP TABLE nosuch", "no such table: nosuch")]
    [Arguments("", "The supplied SQL string contains no statements")]
    [Arguments(" -- nothing\n", "The supplied SQL string contains no statements")]
    [Arguments("SELECT 1 AS a; SELECT 2 AS b", "The supplied SQL string contains more than one statement")]
    [Arguments("SELECT 1 AS a; rubbish", "The supplied SQL string contains more than one statement")]
    [Arguments("INSERT INTO kv(key,value) VALUES('x','1')", "This statement does not return data. Use run() instead")]
    [Arguments("UPDATE kv SET value='x'", "This statement does not return data. Use run() instead")]
    [Arguments("DELETE FROM kv", "This statement does not return data. Use run() instead")]
    [Arguments("CREATE TABLE peer_t(x)", "This statement does not return data. Use run() instead")]
    [Arguments("CREATE TEMP TABLE peer_t(x)", "This statement does not return data. Use run() instead")]
    [Arguments("DROP TABLE kv", "This statement does not return data. Use run() instead")]
    [Arguments("BEGIN", "This statement does not return data. Use run() instead")]
    [Arguments("COMMIT", "This statement does not return data. Use run() instead")]
    [Arguments("SAVEPOINT s", "This statement does not return data. Use run() instead")]
    [Arguments("REINDEX", "This statement does not return data. Use run() instead")]
    [Arguments("ANALYZE", "This statement does not return data. Use run() instead")]
    public async Task Mistakes_and_changes_are_answered_in_the_references_words(string sql, string message) => await Assert.That(Refusal(sql)).IsEqualTo(message);

    [Test]
    [Arguments("ATTACH '{folder}/stolen.sqlite' AS s")]
    [Arguments("VACUUM")]
    [Arguments("VACUUM INTO '{folder}/stolen.sqlite'")]
    [Arguments("PRAGMA journal_mode=DELETE")]
    [Arguments("PRAGMA query_only=0")]
    [Arguments("PRAGMA writable_schema=1")]
    [Arguments("PRAGMA user_version=9")]
    [Arguments("PRAGMA wal_checkpoint(TRUNCATE)")]
    [Arguments("SELECT * FROM pragma_table_info('kv')")]
    [Arguments("EXPLAIN PRAGMA journal_mode=DELETE")]
    [Arguments("INSERT INTO kv VALUES('x','1') RETURNING key")]
    [Arguments("DELETE FROM kv RETURNING key")]
    [Arguments("WITH x AS (SELECT 1) DELETE FROM kv RETURNING key")]
    [Arguments("SELECT load_extension('{folder}/x')")]
    [Arguments("SELECT readfile('/etc/passwd')")]
    [Arguments("SELECT writefile('{folder}/stolen.sqlite', 'x')")]
    [Arguments("SELECT fts3_tokenizer('simple')")]
    [Arguments("CREATE VIRTUAL TABLE t USING fts5(x)")]
    [Arguments("SELECT * FROM sqlite_dbpage")]
    [Arguments("DETACH main")]
    [Arguments("SELECT 1; DELETE FROM kv")]
    public async Task Whatever_could_change_something_is_refused_and_changes_nothing(string sql)
    {
        await Assert.That(Refusal(sql.Replace("{folder}", _folder.Path, StringComparison.Ordinal))).IsNotNull();
        await Assert.That(Run("SELECT group_concat(key) AS k FROM kv")).IsEqualTo("""[{"k":"a,ü"}]""");
        await Assert.That(Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)))
            .IsEquivalentTo(["kernel.sqlite", "kernel.sqlite-shm", "kernel.sqlite-wal"]);
        _store.Put(("a", "1"));
    }

    [Test]
    [Arguments("WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c) SELECT count(*) FROM c")]
    [Arguments("WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c) SELECT x FROM c WHERE x < 0")]
    [Arguments("WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c) SELECT x FROM c ORDER BY x DESC")]
    public async Task An_endless_query_is_stopped(string sql)
    {
        var watch = Stopwatch.StartNew();
        await Assert.That(Refusal(sql)).Contains("ran longer than");
        await Assert.That(watch.Elapsed).IsLessThan(TimeSpan.FromSeconds(5));
    }

    [Test]
    [NotInParallel]
    [Arguments("WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c) SELECT x, zeroblob(1000000) AS z FROM c ORDER BY x DESC")]
    [Arguments("WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c) SELECT x, zeroblob(15000000) AS z FROM c ORDER BY x DESC")]
    [Arguments("WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c) SELECT count(DISTINCT x || hex(zeroblob(500000))) FROM c")]
    [Arguments("WITH RECURSIVE c(x) AS (VALUES(hex(zeroblob(500000))) UNION SELECT c.x || y.v FROM c, (SELECT 1 AS v UNION ALL SELECT 2) AS y) SELECT count(*) FROM c")]
    public async Task A_query_that_needs_too_much_memory_is_stopped(string sql)
    {
        var query = new ReadOnlyQuery(_folder.Database);
        _ = raw.sqlite3_memory_highwater(1);
        await Assert.That(Refusal(sql, query)).Contains("more than 256 MiB of memory");

        // A look comes every hundred steps, and a row takes a few of them.
        await Assert.That(raw.sqlite3_memory_highwater(0)).IsLessThan(700L * 1024 * 1024);
        await Assert.That(Run("SELECT count(*) AS n FROM kv")).IsEqualTo("""[{"n":2}]""");
    }

    [Test]
    [Arguments("SELECT zeroblob(1000000000)")]
    [Arguments("SELECT hex(zeroblob(16000000))")]
    [Arguments("SELECT zeroblob(15000000) AS a")]
    [Arguments("SELECT printf('%.*c', 100000000, 'x')")]
    [Arguments("WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c LIMIT 100) SELECT printf('%.*c', 1000000, 'x') FROM c")]
    public async Task A_result_that_is_too_large_is_an_error_and_never_cut(string sql) => await Assert.That(Refusal(sql, new ReadOnlyQuery(_folder.Database))).Contains("larger than 16 MiB");

    [Test]
    public async Task Ten_thousand_rows_are_answered_and_one_more_is_an_error()
    {
        static string Count(int rows) => $"WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c LIMIT {rows}) SELECT x FROM c";

        await Assert.That(JsonDocument.Parse(Run(Count(10_000))).RootElement.GetArrayLength()).IsEqualTo(10_000);
        await Assert.That(Refusal(Count(10_001), new ReadOnlyQuery(_folder.Database))).Contains("more than 10000 rows");
    }

    [Test]
    public async Task A_query_that_cannot_be_sent_to_sqlite_is_an_error()
    {
        await Assert.That(Refusal("SELECT 1\0; DELETE FROM kv")).Contains("NUL");
        await Assert.That(Refusal("SELECT '\uD800'")).Contains("surrogate");
        await Assert.That(Refusal("SELECT " + new string('1', 2_000_000))).Contains("longer than 1 MiB");
        await Assert.That(Refusal("SELECT " + new string('(', 5000) + "1" + new string(')', 5000))).IsNotNull();
    }

    [Test]
    public async Task A_query_sees_each_batch_as_soon_as_it_is_durable()
    {
        _store.Put(("new", "1"));
        await Assert.That(Run("SELECT value FROM kv WHERE key = 'new'")).IsEqualTo("""[{"value":"1"}]""");
    }

    private string Run(string sql, ReadOnlyQuery? query = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            (query ?? _query).Run(sql, json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private string? Refusal(string sql, ReadOnlyQuery? query = null)
    {
        try
        {
            Run(sql, query);
            return null;
        }
        catch (QueryException error)
        {
            return error.Message;
        }
    }
}
