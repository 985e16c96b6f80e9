namespace Ocap.Daemon.Log;

/// <summary>What the log says about an unexpected exception: its type and where it came from. Not its message, which may quote parameters.</summary>
internal static class LoggedException
{
    internal static string Describe(Exception exception) => $"{exception.GetType().FullName}\n{exception.StackTrace}";
}
