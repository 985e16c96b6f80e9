namespace Ocap.Kernel.Operations;

/// <summary>A stored state cannot be taken over. The message is for a person and says what to do; nothing was changed.</summary>
public sealed class MigrationException : Exception
{
    internal MigrationException(string message)
        : base(message)
    {
    }
}
