using System.Buffers.Binary;
using Ocap.Store.Native;

namespace Ocap.Store;

/// <summary>
/// What can be known of a database from its first 100 bytes and its length, before SQLite touches it (and perhaps takes an empty or
/// cut-off file for a new one). Offsets are those of SQLite's file format, section "The Database Header".
/// </summary>
internal static class FileHeader
{
    private const int Size = 100;

    /// <summary>True if there is a file that can be a database; false if there is none. Throws for a file that is damaged.</summary>
    internal static bool Check(string path)
    {
        Span<byte> header = stackalloc byte[Size];
        long length;
        try
        {
            // Closed again before the first connection opens: closing any descriptor of a file drops this process's locks on it.
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            length = file.Length;
            if (file.ReadAtLeast(header, Size, throwOnEndOfStream: false) < Size)
            {
                throw SqliteErrors.Damaged(path, length == 0 ? "it is empty" : "it is cut off in its header");
            }
        }
        catch (FileNotFoundException)
        {
            // A journal alone still holds data: making a new database under it would throw that away.
            return HasJournal(path) ? throw SqliteErrors.Damaged(path, "the file is gone, but its -wal or -journal is there") : false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{path} cannot be read: {error.Message} It must be yours and readable; look with: ls -la '{path}'");
        }

        if (Fault(header, length, HasJournal(path)) is { } fault)
        {
            throw SqliteErrors.Damaged(path, fault);
        }

        return true;
    }

    private static string? Fault(ReadOnlySpan<byte> header, long length, bool hasJournal)
    {
        if (!header.StartsWith("SQLite format 3\0"u8))
        {
            return "it does not begin as an SQLite database";
        }

        int pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var raw && raw == 1 ? 65536 : raw;
        uint encoding = BinaryPrimitives.ReadUInt32BigEndian(header[56..]);
        if (pageSize < 512 || !int.IsPow2(pageSize) || header[18] is not (1 or 2) || header[19] is not (1 or 2)
            || !header[20..24].SequenceEqual<byte>([0, 64, 32, 32]) || header[72..92].ContainsAnyExcept((byte)0))
        {
            return "its header makes no sense";
        }

        if (encoding != 1)
        {
            return "its texts are not UTF-8";
        }

        // With a journal beside it the file may rightly be shorter: what is missing lies there.
        uint pages = BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        bool counted = header[24..28].SequenceEqual(header[92..96]);
        return !hasJournal && (length % pageSize != 0 || (counted && (long)pages * pageSize > length)) ? "it is shorter than it says" : null;
    }

    /// <summary>Whoever closes a database in order leaves no journal, or an empty one.</summary>
    internal static bool HasJournal(string path) => IsFilled(path + "-wal") || IsFilled(path + "-journal");

    private static bool IsFilled(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };
}
