using System.Buffers;

namespace Ocap.Daemon.Query;

/// <summary>What <c>executeDBQuery</c> reads the database through. It never writes, and it is never called by two threads at once.</summary>
public interface IDatabaseQuery
{
    /// <summary>Runs one statement that returns rows; may take seconds, and bounds its own time and size.</summary>
    /// <param name="sql">The statement, as the caller wrote it.</param>
    /// <param name="rows">Receives a JSON array with one object per row, or part of one when this throws.</param>
    /// <exception cref="DatabaseQueryException">The statement failed or was refused; the message is for the caller.</exception>
    void Run(string sql, IBufferWriter<byte> rows);
}

/// <summary>A statement failed or was refused.</summary>
/// <param name="message">What the caller is told, in the reference's words where it has some: <c>near "SELEC": syntax error</c>.</param>
public sealed class DatabaseQueryException(string message) : Exception(message);
