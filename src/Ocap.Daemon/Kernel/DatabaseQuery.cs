using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ocap.Daemon.Query;
using Ocap.Store;
using Ocap.Store.Query;

namespace Ocap.Daemon.Kernel;

/// <summary><c>executeDBQuery</c> on the kernel's database.</summary>
internal sealed class DatabaseQuery(string path) : IDatabaseQuery
{
    private readonly ReadOnlyQuery _query = new(path);

    public void Run(string sql, IBufferWriter<byte> rows)
    {
        try
        {
            using var json = new Utf8JsonWriter(rows, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            _query.Run(sql, json);
        }
        catch (QueryException refused)
        {
            throw new DatabaseQueryException(refused.Message);
        }
        catch (StoreException damaged)
        {
            throw new DatabaseQueryException(damaged.Message);
        }
    }
}
