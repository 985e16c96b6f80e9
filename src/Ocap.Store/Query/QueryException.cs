namespace Ocap.Store.Query;

/// <summary>A query was refused, failed or was cut off. The message is for the person who typed it.</summary>
public sealed class QueryException : Exception
{
    internal QueryException(string message)
        : base(message)
    {
    }
}
