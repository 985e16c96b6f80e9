using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Ocap.Store.Native;

/// <summary>A compiled statement. Whoever steps it resets it, so that no snapshot stays open behind the caller's back.</summary>
internal sealed class Statement(Connection connection, sqlite3_stmt handle) : IDisposable
{
    /// <summary>Lone surrogates and broken bytes are errors here, never question marks.</summary>
    internal static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private const int OnStack = 1024;

    /// <summary>The pool would keep what is larger, for good in a program at rest.</summary>
    private const int MostPooled = 128 * 1024;

    internal int ColumnCount => raw.sqlite3_column_count(handle);

    /// <summary>Binds text; the first parameter is 1.</summary>
    internal Statement Bind(int index, ReadOnlySpan<char> text)
    {
        int most = StrictUtf8.GetMaxByteCount(text.Length);
        if (most > MostPooled)
        {
            byte[] large = GC.AllocateUninitializedArray<byte>(StrictUtf8.GetByteCount(text));
            StrictUtf8.GetBytes(text, large);
            return Bind(index, (ReadOnlySpan<byte>)large);
        }

        byte[]? rented = most > OnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        try
        {
            Span<byte> bytes = rented ?? stackalloc byte[OnStack];
            return Bind(index, bytes[..StrictUtf8.GetBytes(text, bytes)]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>Binds bytes, which SQLite copies, as text.</summary>
    internal Statement Bind(int index, ReadOnlySpan<byte> utf8)
    {
        int code = raw.sqlite3_bind_text(handle, index, utf8);
        return code == raw.SQLITE_OK ? this : throw connection.Error(code);
    }

    /// <summary>True when there is a row, false at the end.</summary>
    internal bool Step()
    {
        int code = TryStep();
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw connection.Error(code),
        };
    }

    internal int TryStep() => raw.sqlite3_step(handle);

    /// <summary>Runs a statement that returns no rows, and makes it ready for the next use.</summary>
    internal void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Ends the statement's snapshot. What it returns was already reported by the step.</summary>
    internal void Reset() => _ = raw.sqlite3_reset(handle);

    internal string ColumnName(int column) => raw.sqlite3_column_name(handle, column).utf8_to_string() ?? "";

    internal int ColumnType(int column) => raw.sqlite3_column_type(handle, column);

    internal long Number(int column) => raw.sqlite3_column_int64(handle, column);

    internal double Double(int column) => raw.sqlite3_column_double(handle, column);

    /// <summary>Text or blob as it lies in the database, valid until the next step or reset.</summary>
    internal ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>A text column; bytes that are not UTF-8 mean a damaged file.</summary>
    internal string Text(int column)
    {
        try
        {
            return StrictUtf8.GetString(Bytes(column));
        }
        catch (DecoderFallbackException)
        {
            throw SqliteErrors.Damaged(connection.Path, "a text in it is not UTF-8");
        }
    }

    public void Dispose() => handle.Dispose();
}
